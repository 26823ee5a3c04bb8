package dev.samzabatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.run.RunProgress.StageProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final StringWriter text = new StringWriter();
  private List<StageProgress> stages = List.of();

  private Screen screen() {
    return new Screen(new PrintWriter(text), Screen.Kind.LINES, 79, Style.PLAIN);
  }

  private static StageProgress reading(int ended, long rows, long bytes) {
    return new StageProgress("counts", 2, ended, rows, rows / 10, bytes, 10_000_000, 0, false, Long.MIN_VALUE, 0);
  }

  private static StageProgress behind(int ended, long rows) {
    return new StageProgress("report", 1, ended, rows, rows, 0, 0, 0, false, Long.MIN_VALUE, 0);
  }

  private String written() {
    String written = text.toString();
    text.getBuffer().setLength(0);
    return written;
  }

  @Test
  void theTableTellsRowsBytesRateAndTimeLeft() {
    List<String> lines =
        ProgressTable.lines(List.of(reading(0, 120_000, 2_500_000), behind(0, 0)), Duration.ofSeconds(10), 79);
    assertThat(lines).containsExactly(
        "stage     tasks  rows in  rows out         read  rows/s   left",
        "0 counts    0/2  120,000    12,000  2.4 MB 25 %  12,000  30.0s",
        "1 report    0/1        0         0",
        "0 of 2 stages done, 10.0s");
  }

  @Test
  void aStageThatHasEndedHasNoRateAndNothingLeft() {
    List<String> lines =
        ProgressTable.lines(List.of(reading(2, 500_000, 10_000_000)), Duration.ofSeconds(10), 79);
    assertThat(lines.get(1)).isEqualTo("0 counts    2/2  500,000    50,000  9.5 MB 100 %");
    assertThat(lines.get(2)).isEqualTo("1 of 1 stage done, 10.0s");
  }

  @Test
  void noLineIsLongerThanTheScreen() {
    List<String> lines = ProgressTable.lines(List.of(reading(0, 120_000, 2_500_000)), Duration.ofSeconds(10), 40);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
  }

  @Test
  void ofManyStagesThoseThatStillWorkAreShown() {
    List<StageProgress> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(new StageProgress("s" + i, 1, i < 20 ? 1 : 0, 1, 1, 0, 0, 0, false, Long.MIN_VALUE, 0));
    }
    List<String> lines = ProgressTable.lines(many, Duration.ofSeconds(1), 79);
    assertThat(lines).hasSize(17).last().isEqualTo("20 of 30 stages done, 1.00s");
    assertThat(lines.get(1)).startsWith("15 s15");
    assertThat(lines.get(15)).startsWith("29 s29");
  }

  @Test
  void aLineIsWrittenForEachChangeAndOnlyThen() {
    LineProgress progress = new LineProgress(screen(), () -> stages);
    stages = List.of(reading(0, 0, 0), behind(0, 0));
    progress.look(Duration.ofSeconds(1));
    assertThat(written()).isEmpty();
    stages = List.of(reading(0, 10, 100), behind(0, 0));
    progress.look(Duration.ofSeconds(2));
    assertThat(written().lines()).containsExactly("2.00s  stage 0 counts: started, 2 tasks");
    stages = List.of(reading(1, 20, 200), behind(0, 0));
    progress.look(Duration.ofSeconds(3));
    assertThat(written()).isEmpty();
    stages = List.of(reading(2, 30, 300), behind(1, 7));
    progress.look(Duration.ofSeconds(4));
    assertThat(written().lines()).containsExactly(
        "4.00s  stage 0 counts: done, 30 rows in, 3 out",
        "4.00s  stage 1 report: done, 7 rows in, 7 out");
  }

  @Test
  void aMinuteWithoutChangeHasALine() {
    LineProgress progress = new LineProgress(screen(), () -> stages);
    stages = List.of(reading(0, 1_000, 5_000_000), behind(0, 0));
    progress.look(Duration.ofSeconds(1));
    progress.look(Duration.ofSeconds(60));
    written();
    progress.look(Duration.ofSeconds(61));
    assertThat(written().lines()).containsExactly(
        "1m01s  stage 0 counts: 0 of 2 tasks done, 1,000 rows in, read 4.8 MB 50 %, about 1m01s left");
    progress.look(Duration.ofSeconds(120));
    assertThat(written()).isEmpty();
    progress.look(Duration.ofSeconds(121));
    assertThat(written()).startsWith("2m01s  stage 0");
  }

  @Test
  void aRunThatDoesNotStartStillHasALineAMinute() {
    LineProgress progress = new LineProgress(screen(), () -> stages);
    stages = List.of(reading(0, 0, 0));
    progress.look(Duration.ofSeconds(60));
    assertThat(written().lines()).containsExactly("1m00s  no stage has rows to work on");
  }

  @Test
  void theLiveTableIsErasedBeforeItIsDrawnAgainAndAtTheEnd() {
    LiveProgress progress = new LiveProgress(screen(), () -> List.of(behind(0, 5)));
    progress.draw();
    assertThat(written()).startsWith("stage").hasLineCount(3);
    progress.draw();
    assertThat(written()).startsWith("\u001b[3F\u001b[Jstage");
    progress.stop();
    assertThat(written()).isEqualTo("\u001b[3F\u001b[J");
  }
}
