package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are written down and asked for again. */
class RecordedRequestTest {

  private static final String RUN = "20260101-000000-00000000";

  @TempDir
  private Path directory;

  private JobRequest request(Map<String, String> environment) {
    Overrides overrides = new Overrides(List.of(directory.resolve("over.conf")), List.of("inputs.a.uri=typed.csv"),
        Map.of("day", "2026-11-22"), environment, Optional.of(directory.resolve("user.conf")));
    return new JobRequest(directory.resolve("job.conf"), overrides, RUN,
        ZonedDateTime.parse("2026-11-22T18:30:00.123456789+01:00[Europe/Berlin]"), Path.of("/then"));
  }

  private static JobRequest again(JobRequest request, Map<String, String> environment, List<String> sets)
      throws IOException {
    String text = JSON.std.asString(RecordedRequest.toMap(request));
    return RecordedRequest.of(JSON.std.mapFrom(text), RUN, environment, sets);
  }

  @Test
  void aRequestIsTheSameAgain() throws IOException {
    JobRequest request = request(Map.of());
    assertThat(again(request, Map.of(), List.of())).isEqualTo(request);
  }

  @Test
  void ofTheEnvironmentOnlyWhatSetsKeysOfTheJobIsKept() throws IOException {
    JobRequest request = request(Map.of("SAMZA_BATCH_RUN__KEEP_RUNS", "3", "PASSWORD", "of then"));
    assertThat(RecordedRequest.toMap(request).toString()).doesNotContain("of then");
    Map<String, String> today =
        Map.of("SAMZA_BATCH_RUN__KEEP_RUNS", "5", "SAMZA_BATCH_RUN__RETRIES", "1", "HOME", "/h");
    assertThat(again(request, today, List.of()).overrides().environment())
        .isEqualTo(Map.of("SAMZA_BATCH_RUN__KEEP_RUNS", "3", "HOME", "/h"));
  }

  @Test
  void whatIsSetTodayIsLaidOverWhatWasSetThen() throws IOException {
    assertThat(again(request(Map.of()), Map.of(), List.of("run.containers=4")).overrides().sets())
        .containsExactly("inputs.a.uri=typed.csv", "run.containers=4");
  }

  @Test
  void whatWasTypedIsFoundWhereItWasTyped() throws IOException {
    Files.writeString(directory.resolve("job.conf"), """
        job = s
        params { day { type = date } }
        inputs { a { uri = "a.csv" }, b { uri = "b.csv" } }
        outputs { o { from = a, uri = "o.csv" }, p { from = b, uri = "p.csv" } }
        """);
    Files.writeString(directory.resolve("over.conf"), "run { keep-runs = 1 }");
    JobSpec job = JobLoader.load(again(request(Map.of()), Map.of(), List.of()));
    assertThat(job.inputs().get("a").locations().get(0).path()).isEqualTo("/then/typed.csv");
    assertThat(job.inputs().get("b").locations().get(0).path()).isEqualTo(directory.resolve("b.csv").toString());
  }
}
