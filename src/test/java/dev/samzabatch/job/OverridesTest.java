package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  private int containers(Overrides overrides) {
    return folder.with(overrides).load().run().containers();
  }

  @Test
  void theStrongerSourceWins() {
    folder.job(JobFolder.jobWith("")).file("user.conf", "run { containers = 11 }");
    Overrides user = Overrides.NONE.withUserConfig(folder.path("user.conf"));
    assertThat(containers(Overrides.NONE)).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(containers(user)).isEqualTo(11);
    folder.job(JobFolder.jobWith("run { containers = 12 }"));
    assertThat(containers(user)).isEqualTo(12);
    Overrides environment = user.withEnvironment(Map.of("SAMZA_BATCH_RUN__CONTAINERS", "13"));
    assertThat(containers(environment)).isEqualTo(13);
    folder.file("one.conf", "run { containers = 14 }").file("two.conf", "run { containers = 15 }");
    Overrides overlays = environment.withOverlays(List.of(folder.path("one.conf"), folder.path("two.conf")));
    assertThat(containers(overlays)).isEqualTo(15);
    assertThat(containers(overlays.withSets(List.of("run.containers=16", "run.containers=17")))).isEqualTo(17);
  }

  @Test
  void aUserConfigThatDoesNotExistIsNoError() {
    folder.job(JobFolder.jobWith(""));
    assertThat(containers(Overrides.NONE.withUserConfig(folder.path("none.conf")))).isPositive();
  }

  @Test
  void anOverlayThatDoesNotExistIsAnError() {
    folder.job(JobFolder.jobWith("")).with(Overrides.NONE.withOverlays(List.of(folder.path("none.conf"))));
    assertThat(folder.errors()).isEqualTo("""
        none.conf  error SB-1001: the file does not exist
           did you mean "job.conf"?""");
  }

  @Test
  void anOverlayChangesSingleKeysOfAnObject() {
    folder.job(JobFolder.jobWith("")).file("o.conf", "inputs.v { format = csv, header = true }\n");
    JobSpec job = folder.with(Overrides.NONE.withOverlays(List.of(folder.path("o.conf")))).load();
    assertThat(job.inputs().get("v").locations().get(0).written()).isEqualTo("v.csv");
    assertThat(job.inputs().get("v").delimited().header()).contains(true);
  }

  @Test
  void overlaysMayUseSubstitutionsOfTheJob() {
    folder.job(JobFolder.jobWith("run { containers = 3 }")).file("o.conf", "run.partitions = ${run.containers}");
    assertThat(folder.with(Overrides.NONE.withOverlays(List.of(folder.path("o.conf")))).load().run().partitions())
        .hasValue(3);
  }

  @Test
  void mistakesAreReportedWhereTheyWereWritten() {
    folder.job(JobFolder.jobWith("run { containers = 1 }")).file("o.conf", "\nrun { memory = lots }\n")
        .file("user.conf", "run { keeep-runs = 1 }");
    folder.with(new Overrides(List.of(folder.path("o.conf")),
        List.of("run.partitions=0", "inputs.v.schema=id lng", "x=1", "nothing", "a..b=1"),
        Map.of(), Map.of("SAMZA_BATCH_RUN__COMMIT_EVERY", "often", "SAMZA_BATCH_RUN____X", "1", "SAMZA_BATCH_FOO", "1"),
        Optional.of(folder.path("user.conf"))));
    assertThat(folder.errors()).isEqualTo(
        """
            --set a..b  error SB-1027: "a..b" is no path to a key
               write for example --set run.containers=2
            --set inputs.v.schema  error SB-1045: "lng" is no type
               did you mean long?  types: boolean, int, long, float, double, decimal, string, bytes, date, time, timestamp, array, map, row
            --set nothing  error SB-1027: this is no path=value
               write for example --set run.containers=2
            --set run.partitions  error SB-1024: run.partitions: expected a whole number from 1 to 4096, found "0"
            --set x  error SB-1020: "x" is no key of a job
               keys: job, mode, params, systems, inputs, steps, outputs, run, checks
            o.conf:2:16  error SB-1024: run.memory: expected a size like 512m or 2g, found "lots"
                2 | run { memory = lots }
                  |                ^^^^
            user.conf:1:7  error SB-1020: "keeep-runs" is no key of run
                1 | run { keeep-runs = 1 }
                  |       ^^^^^^^^^^ did you mean "keep-runs"?  keys: containers, memory, state, streams-on, streams, commit-every, partitions, if-running, keep-runs, retries, retry-window, stall-after, fail-on-stall
            environment SAMZA_BATCH_FOO  error SB-1020: "foo" is no key of a job
               keys: job, mode, params, systems, inputs, steps, outputs, run, checks
            environment SAMZA_BATCH_RUN__COMMIT_EVERY  error SB-1024: run.commit-every: expected a time like 60s, 5m or 2h, found "often"
            environment SAMZA_BATCH_RUN____X  error SB-1027: this names no key of a job
               SAMZA_BATCH_RUN__KEEP_RUNS sets run.keep-runs: two underscores are a dot, one is a dash""");
  }

  @Test
  void variablesOfTheLauncherAndOfOthersAreLeftAlone() {
    folder.job(JobFolder.jobWith(""));
    assertThat(containers(Overrides.NONE.withEnvironment(Map.of("SAMZA_BATCH_STATE", "/x", "SAMZA_BATCH_HEAP", "1g",
        "SAMZA_BATCH_JAVA_HOME", "/y", "SAMZA_BATCH_JAVA_OPTS", "-X", "SAMZA_BATCH_CDS", "make", "PATH", "/bin", "job",
        "no")))).isPositive();
  }

  @Test
  void environmentVariablesAreFoundBySubstitutions() {
    folder.job(JobFolder.jobWith("run { containers = ${N} }"));
    assertThat(containers(Overrides.NONE.withEnvironment(Map.of("N", "9")))).isEqualTo(9);
  }

  @Test
  void aSetValueIsATextUnlessItLooksLikeHocon() {
    folder.job(JobFolder.jobWithStep("from = v"));
    JobSpec job = folder
        .with(Overrides.NONE.withSets(List.of("inputs.v.uri=file:/a=b/*.csv", "steps.s.select=[a, \"b as c\"]",
            "outputs.o.null-text=\" NULL \"", "steps.s.filter=x = '{job}'", "inputs.w=null", "run={containers=2}")))
        .load();
    assertThat(job.inputs().get("v").locations().get(0).path()).isEqualTo("/a=b/*.csv");
    assertThat(job.steps().get("s").select()).extracting(SqlText::text).containsExactly("a", "b as c");
    assertThat(job.outputs().get("o").encoding().delimited().nullText()).isEqualTo(" NULL ");
    assertThat(job.steps().get("s").filter().orElseThrow().text()).isEqualTo("x = 'test'");
    assertThat(job.steps().get("s").filter().orElseThrow().placeAt(4).toString()).isEqualTo("--set steps.s.filter");
    assertThat(job.inputs()).containsOnlyKeys("v");
    assertThat(job.run().containers()).isEqualTo(2);
  }

  @Test
  void aSetValueWithMistakesIsReported() {
    folder.job(JobFolder.jobWithStep("from = v"));
    folder.with(Overrides.NONE.withSets(List.of("steps.s.select=[a, b")));
    assertThat(folder.errors()).isEqualTo("--set steps.s.select  error SB-1005: the \"]\" that closes this is missing");
    folder.with(Overrides.NONE.withSets(List.of("steps.s.select=[a] b")));
    assertThat(folder.errors())
        .isEqualTo("--set steps.s.select  error SB-1005: a comma or a line end is missing before this");
    folder.with(Overrides.NONE.withSets(List.of("steps.s.select=[a] }")));
    assertThat(folder.errors()).isEqualTo("--set steps.s.select  error SB-1005: \"}\" stands behind the value");
  }

  @Test
  void whatAnObjectLacksIsReportedInTheJobFile() {
    folder.job("job = test\ninputs { v { format = csv } }\noutputs.o.uri = \"-\"\n").file("o.conf",
        "inputs { v { header = true } }");
    folder.with(Overrides.NONE.withOverlays(List.of(folder.path("o.conf"))).withSets(List.of("inputs.v.quote='")));
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:10  error SB-1022: an input needs the key "uri"
            2 | inputs { v { format = csv } }
              |          ^ add for example uri = "data/v.csv"
        job.conf:3:1  error SB-1022: an output needs the key "from"
            3 | outputs.o.uri = "-"
              | ^^^^^^^^^^^^^ add for example from = the-name-of-a-step""");
  }

  @Test
  void keysWithDotsAreQuotedInPaths() {
    folder.job(JobFolder.jobWithStep("from = v"));
    folder.with(Overrides.NONE.withSets(List.of("steps.\"a.b\".from=v")));
    assertThat(folder.errors()).startsWith("--set steps.\"a.b\".from  error SB-1026: \"a.b\" cannot be a name here\n");
  }

  @Test
  void relativePathsStartAtTheFolderOfTheirFileOrAtTheCurrentDirectory() {
    folder.file("conf/job.conf",
        """
            job = test
            params { data { type = string, default = "d" }, sub { type = string, default = "e" } }
            systems { lake { type = file, uri = "lake" } }
            inputs {
              plain { uri = ["a.csv", "file:b.csv", "./c/../d.csv", "/e.csv", "file:/f.csv", "file:///g.csv", "lake:/h.csv", "lake:i.csv", "{data}/j.csv", "x/{data}.csv", "{sub}/k.csv"] }
              set { uri = "x.csv" }
            }
            outputs { o { from = plain, uri = "out/o.csv" } }
            """);
    folder.file("overlays/o.conf", "outputs.o.uri = \"p.csv\"\n").file("user/u.conf", "inputs.mine.uri = \"m.csv\"\n");
    Overrides overrides = new Overrides(List.of(folder.path("overlays/o.conf")), List.of("inputs.set.uri=s.csv"),
        Map.of("data", "q"), Map.of(),
        Optional.of(folder.path("user/u.conf")));
    JobSpec job =
        JobLoader.load(new JobRequest(folder.path("conf/job.conf"), overrides, JobFolder.RUN_ID, JobFolder.START));
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(job.inputs().get("plain").locations()).extracting(Location::path).containsExactly(
        temp + "/conf/a.csv", temp + "/conf/b.csv", temp + "/conf/d.csv", "/e.csv", "/f.csv", "/g.csv",
        temp + "/conf/lake/h.csv", temp + "/conf/lake/i.csv", here + "/q/j.csv", temp + "/conf/x/q.csv",
        temp + "/conf/e/k.csv");
    assertThat(job.inputs().get("plain").locations()).extracting(Location::system).startsWith("", "").contains("lake");
    assertThat(job.inputs().get("set").locations().get(0).path()).isEqualTo(here + "/s.csv");
    assertThat(job.inputs().get("mine").locations().get(0).path()).isEqualTo(temp + "/user/m.csv");
    assertThat(job.outputs().get("o").location().path()).isEqualTo(temp + "/conf/p.csv");
  }
}
