package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jobs with which this tool is compared to others. */
class PeerJobsTest {

  @ParameterizedTest
  @ValueSource(strings = {"W1", "W2", "W3", "W4", "W5", "W6"})
  void isReadWithoutAnythingToComplainAbout(String name) throws URISyntaxException {
    URL file = PeerJobsTest.class.getResource("/job/" + name + ".conf");
    Overrides overrides = Overrides.NONE.withParams(Map.of("data", "/data", "format", "csv", "out", "/out"));
    JobSpec job = JobLoader.load(new JobRequest(Path.of(file.toURI()), overrides, JobFolder.RUN_ID, JobFolder.START));
    assertThat(job.name()).isEqualTo(name.toLowerCase(Locale.ROOT));
    assertThat(job.inputs().get("views").schema().orElseThrow().size()).isEqualTo(7);
    assertThat(job.inputs().get("views").locations().get(0).path()).isEqualTo("/data/views/*");
    assertThat(job.inputs().get("views").format()).isEqualTo(DataFormat.CSV);
    assertThat(job.outputs().get("result").location().path()).isEqualTo("/out");
    assertThat(job.outputs().get("result").mode()).isEqualTo(OutputSpec.Mode.REPLACE);
    assertThat(job.warnings()).isEmpty();
    assertThat(job.unused(Map.of("result", job.inputs().keySet()))).isEmpty();
    assertThat(job.inOrder(Map.of("result", Set.of("views")))).hasSameSizeAs(job.steps().values());
  }
}
