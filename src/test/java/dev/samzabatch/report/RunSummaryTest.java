package dev.samzabatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.run.Receipt;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRecord.CheckFigures;
import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.run.RunRecord.StageFigures;
import dev.samzabatch.run.RunRecord.StepFigures;
import dev.samzabatch.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String RUN = "20260101-000000-00000000";

  private static RunRecord record(RunStatus status, Instant ended, String failure) {
    return new RunRecord(RUN, "job", "/jobs/job.conf", status, START, ended, "0123456789abcdef", failure,
        List.of(new StageFigures("counts", 2, Map.of("job-counts-intermediate-" + RUN, 1200L)),
            new StageFigures("report", 1, Map.of())),
        List.of(new StepFigures("views", 1_000_000, 1_000_000), new StepFigures("counts", 1_000_000, 600)),
        List.of(new OutputFigures("daily", "/out/daily", "published", 600, 2048, 2)),
        List.of(new CheckFigures("enough", "held", "600 rows")), RunRecord.Recovery.NONE);
  }

  @Test
  void everythingIsLinedUp() {
    RunRecord record = record(RunStatus.DONE, START.plusMillis(1500), "");
    assertThat(RunSummary.of(record, START.plusSeconds(99), Style.PLAIN)).containsExactly(
        "run 20260101-000000-00000000 of job job: done, 1.50s",
        "",
        "stages",
        "  stage     tasks  internal stream                                    rows",
        "  0 counts      2  job-counts-intermediate-20260101-000000-00000000  1,200",
        "  1 report      1",
        "",
        "rows",
        "  step         read      given",
        "  views   1,000,000  1,000,000",
        "  counts  1,000,000        600",
        "",
        "outputs",
        "  output             target      rows    size  files",
        "  daily   published  /out/daily   600  2.0 KB      2",
        "",
        "checks",
        "  check         found",
        "  enough  held  600 rows");
  }

  @Test
  void aFailureIsTold() {
    RunRecord record = record(RunStatus.FAILED, START.plusSeconds(60), "error SB-5004: full\n   free space");
    assertThat(RunSummary.of(record, START, Style.PLAIN))
        .contains("run 20260101-000000-00000000 of job job: failed, 1m00s")
        .endsWith("failure", "  error SB-5004: full", "     free space");
  }

  @Test
  void aRunUnderWayHasTheTimeItHasTakenSoFar() {
    RunRecord record = record(RunStatus.RUNNING, null, "");
    assertThat(RunSummary.of(record, START.plusSeconds(30), Style.PLAIN).get(0)).endsWith("running, 30.0s");
  }

  @Test
  void coloursAreUsedOnlyWhenAskedFor() {
    RunRecord record = record(RunStatus.DONE, START.plusSeconds(1), "");
    assertThat(String.join("", RunSummary.of(record, START, new Style(true)))).contains("\u001b[32mdone\u001b[0m");
    assertThat(String.join("", RunSummary.of(record, START, Style.PLAIN))).doesNotContain("\u001b");
  }

  @Test
  void deletionsAreCountedByRunAndKind() {
    Receipt purged = new Receipt(List.of(new Receipt.Item("r1", "run", "/state/r1", 10)), List.of());
    Receipt own = new Receipt(List.of(
        new Receipt.Item("r2", "stream", "a", 1024), new Receipt.Item("r2", "stream", "b", 1024)), List.of());
    assertThat(RunSummary.deletions(List.of(purged, own))).containsExactly(
        "run  kind    deleted    size",
        "r1   run           1    10 B",
        "r2   stream        2  2.0 KB");
    assertThat(RunSummary.deletions(List.of())).isEmpty();
  }
}
