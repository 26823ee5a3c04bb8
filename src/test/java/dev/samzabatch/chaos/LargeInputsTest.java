package dev.samzabatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.Overrides;
import dev.samzabatch.run.JobRunner;
import dev.samzabatch.run.RunIds;
import dev.samzabatch.run.RunOutcome;
import dev.samzabatch.run.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jobs over inputs that are larger than memory, over less. */
class LargeInputsTest {

  private static final Path JOBS = Path.of("src/test/resources/chaos");

  private Lab lab;

  @BeforeEach
  void openLab() throws IOException {
    lab = Lab.open();
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  private void write(String kind, String... options) throws IOException {
    String[] args = new String[2 + options.length];
    args[0] = kind;
    args[1] = lab.path("in").toString();
    System.arraycopy(options, 0, args, 2, options.length);
    LargeInputs.main(args);
  }

  private RunOutcome run(String job, Map<String, String> params) {
    Map<String, String> all = new HashMap<>(params);
    all.put("in", lab.path("in").toString());
    all.put("out", lab.path("out").toString());
    ZonedDateTime now = ZonedDateTime.now();
    Overrides overrides = Overrides.NONE.withParams(all).withSets(List.of("run.memory=1m"));
    JobRequest request = new JobRequest(JOBS.resolve(job), overrides, RunIds.next(now), now);
    return new JobRunner(lab.state(), RunSettings.DEFAULT, new Unwatched()).run(request).outcome();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 1000, 1024, 1025})
  void aPermutationHasEveryNumberOnce(long size) {
    for (long seed = 0; seed < 10; seed++) {
      Permutation permutation = new Permutation(size, seed);
      BitSet seen = new BitSet();
      for (long place = 0; place < size; place++) {
        seen.set((int) permutation.at(place));
      }
      assertThat(seen.cardinality()).isEqualTo((int) size);
      assertThat(seen.length()).isEqualTo((int) size);
    }
  }

  @Test
  void groupsHoldTheirChecks() throws IOException {
    write("groups", "rows=50000", "keys=40000");
    Map<String, String> params = Map.of("rows", "50000", "keys", "40000");
    assertThat(run("groups.conf", params).failure()).isNull();
    assertThat(lab.rows()).containsExactly(
        "part-00000.json: {\"keys\":40000,\"n\":50000,\"sum_k\":799980000,\"least\":0,\"most\":39999,\"wrong\":0}");
  }

  @Test
  void aRowThatIsMissingIsNoticed() throws IOException {
    write("groups", "rows=50000", "keys=40000", "files=1");
    Path file = lab.path("in/rows/part-0.csv");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));
    Map<String, String> params = Map.of("rows", "50000", "keys", "40000");
    assertThat(run("groups.conf", params).record().checks()).extracting(c -> c.name() + " " + c.verdict())
        .contains("complete failed", "each-once failed");
  }

  @Test
  void pairsHoldTheirChecks() throws IOException {
    write("pairs", "rows=30000", "format=json");
    assertThat(run("pairs.conf", Map.of("rows", "30000", "format", "json")).failure()).isNull();
    assertThat(lab.rows()).containsExactly(
        "part-00000.json: {\"n\":30000,\"sum_k\":449985000,\"least\":0,\"most\":29999,\"wrong\":0}");
  }

  @Test
  void ordersAreVerifiedRowByRow() throws IOException {
    write("order", "rows=40000");
    assertThat(run("order.conf", Map.of("rows", "40000")).failure()).isNull();
    assertThat(OrderedRows.verify(lab.path("out"), 40_000)).isEqualTo(40_000);
    assertThatThrownBy(() -> OrderedRows.verify(lab.path("out"), 40_001)).hasMessageContaining("40000 rows");
    Path part = lab.path("out/part-00000.csv");
    Files.writeString(part, Files.readString(part).replaceFirst("\n1000003,1\n", "\n1000003,2\n"));
    assertThatThrownBy(() -> OrderedRows.verify(lab.path("out"), 40_000)).hasMessageContaining("row 1 is 1000003,2");
  }
}
