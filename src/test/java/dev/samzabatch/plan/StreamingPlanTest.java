package dev.samzabatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.container.StreamingJob;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of steps over rows without end, and what is refused. */
class StreamingPlanTest {

  private static final String COUNT = "aggregate = [\"count(*) as n\"]";
  private static final String WINDOW = "window { size = 1m, on = ts }";

  @TempDir
  Path folder;

  private List<String> shape(String steps) throws IOException {
    return StreamingJob.plan(folder, "steps {\n" + steps + "\n}", 2, 2).stages().stream()
        .map(s -> s.operators().stream().map(o -> o.work().getClass().getSimpleName())
            .filter(name -> !name.equals("Project")).collect(Collectors.joining(" ")))
        .toList();
  }

  private String refused(String rest) throws IOException {
    try {
      StreamingJob.plan(folder, rest, 2, 2);
      return "";
    } catch (UserException e) {
      return e.problems().stream().filter(Problem::isError).map(p -> p.code() + "@" + p.place().line())
          .collect(Collectors.joining(" "));
    }
  }

  @Test
  void windowsAreGroupedInHalvesAndSoAreWindowsOfWindows() throws IOException {
    assertThat(shape("out { from = views, by = [page], " + WINDOW + ", " + COUNT + " }")).containsExactly(
        "Scan WindowAggregate WriteStream", "ReadStream WindowAggregate WriteOutput");
    assertThat(shape("a { from = views, by = [page], " + WINDOW + ", " + COUNT + " }\n"
        + "out { from = a, by = [page], window { size = 1h, on = window_start }, aggregate = [\"sum(n) as n\"] }"))
        .containsExactly("Scan WindowAggregate WriteStream",
            "ReadStream WindowAggregate WindowAggregate WriteStream", "ReadStream WindowAggregate WriteOutput");
    assertThat(shape("a { from = views, by = [page], " + WINDOW + ", " + COUNT + " }\n"
        + "out { from = a, by = [window_end], aggregate = [\"sum(n) as n\", \"max(page) as page\"] }"))
        .containsExactly("Scan WindowAggregate WriteStream",
            "ReadStream WindowAggregate WindowAggregate WriteStream", "ReadStream WindowAggregate WriteOutput");
  }

  @Test
  void countingDifferentValuesInWindowsAndDifferentRowsWithTheirTimeIsGroupedTwice() throws IOException {
    assertThat(shape("out { from = views, by = [page], " + WINDOW + ", aggregate = [\"count(distinct n) as n\"] }"))
        .hasSize(3).allMatch(stage -> stage.contains("WindowAggregate"));
    assertThat(shape("out { from = views, distinct = true }"))
        .allMatch(stage -> stage.contains("WindowAggregate"));
  }

  @Test
  void theWindowIsToldByTheWatermarkOfItsInput() throws IOException {
    JobPlan plan = StreamingJob.plan(folder,
        "steps { out { from = views, by = [page], " + WINDOW + ", " + COUNT + " } }", 2, 2);
    List<Work.TimeKey> keys = plan.stages().stream().flatMap(s -> s.operators().stream())
        .filter(o -> o.work() instanceof Work.WindowAggregate)
        .map(o -> ((Work.WindowAggregate) o.work()).window()).toList();
    assertThat(keys).hasSize(2).containsOnly(new Work.TimeKey(0, 60_000_000, 60_000_000));
  }

  @Test
  void theSideThatEndsIsTheTable() throws IOException {
    JobPlan plan = StreamingJob.plan(folder, "steps { out { from = views, left-join = pages, on = [page] } }", 2, 2);
    assertThat(plan.stages()).anySatisfy(stage -> assertThat(stage.operators())
        .anySatisfy(o -> assertThat(o.work()).isInstanceOfSatisfying(Work.Join.class,
            join -> assertThat(join.buildLeft()).isFalse())));
    assertThat(shape("out { from = pages, join = views, on = [page] }")).anyMatch(stage -> stage.contains(" Join"));
  }

  @Test
  void twoSidesWithoutEndAreJoinedWithinATimeAndGroupedByItBehind() throws IOException {
    String joined =
        "a { from = views, left-join = clicks, on = [page], within { most = 10s, left = ts, right = at } }\n";
    assertThat(shape(joined + "out { from = a, select = [page, n, m] }")).containsExactly(
        "Scan WriteStream", "Scan WriteStream", "ReadStream ReadStream IntervalJoin WriteOutput");
    assertThat(shape(joined + "out { from = a, by = [page], " + WINDOW + ", " + COUNT + " }"))
        .containsExactly("Scan WriteStream", "Scan WriteStream",
            "ReadStream ReadStream IntervalJoin WindowAggregate WriteOutput");
  }

  @Test
  void whatChangesIsToldToAnOutputWithTheKey() throws IOException {
    assertThat(shape("out { from = views, by = [page], emit-every = 10s, " + COUNT + ", select = [n, page] }"))
        .containsExactly("Scan Aggregate WriteStream", "ReadStream UpdatingAggregate WriteOutput");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "out { from = views, order-by = [n], limit = 3 } | SB-2911",
      "out { from = views, by = [page], COUNT } | SB-2916",
      "out { from = views, by = [n], emit-every = 1s, aggregate = [\"max(page) as page\"] } | SB-2919",
      "out { from = views, by = [page, n], emit-every = 1s, aggregate = [\"max(ts) as t\"] } | SB-2919",
      "out { from = views, emit-every = 1s, aggregate = [\"max(page) as page\"] } | SB-2919",
      "out { from = views, by = [page], emit-every = 1s, aggregate = [\"count(distinct n) as d\"] } | SB-2912",
      "out { from = views, by = [page], WINDOW, aggregate = [\"count(distinct n) as d\", \"count(*) as c\"] } | SB-2912",
      "out { from = views, by = [page], window { size = 1m, on = \"timestampadd(second, n, ts)\" }, COUNT } | SB-2914",
      "a { from = views, select = [page, n] }, out { from = a, distinct = true } | SB-2915",
      "out { from = views, join = clicks, on = [page] } | SB-2917",
      "out { from = views, semi-join = clicks, on = [page] } | SB-2917",
      "out { from = views, right-join = pages, on = [page] } | SB-2918",
      "out { from = pages, left-join = views, on = [page] } | SB-2918",
      "out { from = pages, anti-join = views, on = [page] } | SB-2918",
      "out { sql = \"select page, n from views where n > (select m from clicks)\" } | SB-2913",
      "out { sql = \"select page, n from views where n > (select max(m) from clicks)\" } | SB-2916",
      "a { from = views, by = [page], emit-every = 1s, COUNT }, out { from = a, filter = \"n > 1\" } | SB-2920"})
  void whatHasNoMeaningWithoutAnEndIsRefused(String steps, String code) throws IOException {
    String written = steps.replace("COUNT", COUNT).replace("WINDOW", WINDOW);
    assertThat(refused("steps {\n" + written + "\n}").split(" ")).anyMatch(found -> found.startsWith(code + "@"));
  }

  @Test
  void allOfItIsSaidAtOnceWithThePlaces() throws IOException {
    assertThat(refused("steps {\n out { from = views, by = [page], " + COUNT + " }\n"
        + " b { from = views, join = clicks, on = [page] }\n}\n"
        + "outputs { out { from = out, uri = \"bus:out\" }, b { from = b, uri = \"bus:b\" } }\n"
        + "checks { c { on = out, rows = \">= 1\" } }")).isEqualTo("SB-2916@9 SB-2917@10 SB-2910@13");
  }
}
