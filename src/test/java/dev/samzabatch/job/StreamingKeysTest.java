package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modes, and what inputs and steps say about time. */
class StreamingKeysTest {

  private static final String BUS = "systems { bus { type = kafka, bootstrap.servers = \"h:1\" } }\n";

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  /** A job whose input, in line 4, has these keys; the first of them is at column 14. */
  private JobFolder input(String mode, String keys) {
    return folder.job("job = test\n" + mode + "\n" + BUS + "inputs { v { " + keys
        + " } }\noutputs { o { from = v, uri = \"-\" } }\n");
  }

  private InputSpec read(String mode, String keys) {
    return input(mode, keys).load().inputs().get("v");
  }

  private StepSpec.TimeSpec time(String keys) {
    return folder.job(JobFolder.jobWithStep(keys)).load().steps().get("s").time();
  }

  private List<String> step(String keys) {
    folder.job(JobFolder.jobWithStep(keys));
    return firstLines();
  }

  private List<String> firstLines() {
    return folder.errors().lines().filter(line -> line.contains(" error SB-")).toList();
  }

  @Test
  void aJobIsOfOneMode() {
    input("", "uri = \"bus:t\"");
    assertThat(folder.load().mode()).isEqualTo(Mode.BATCH);
    input("mode = batch", "uri = \"bus:t\"");
    assertThat(folder.load().mode()).isEqualTo(Mode.BATCH);
    input("mode = streaming", "uri = \"bus:t\"");
    assertThat(folder.load().mode()).isEqualTo(Mode.STREAMING);
    input("mode = batchy", "uri = \"bus:t\"");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:8  error SB-1023: mode: expected batch or streaming, found "batchy"
            2 | mode = batchy
              |        ^^^^^^ did you mean "batch"?""");
  }

  @Test
  void theModeDecidesWhereATopicEnds() {
    assertThat(read("mode = batch", "uri = \"bus:t\"").topic().orElseThrow().until()).isEqualTo(new TopicInput.End());
    InputSpec endless = read("mode = streaming", "uri = \"bus:t\"");
    assertThat(endless.topic().orElseThrow().until()).isEqualTo(new TopicInput.Never());
    assertThat(endless.isUnbounded()).isTrue();
    assertThat(read("mode = streaming", "uri = \"bus:t\", until = never").isUnbounded()).isTrue();
  }

  @Test
  void aStreamingJobHasAnInputWithoutEnd() {
    input("mode = streaming", "uri = \"bus:t\", until = end");
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:2:8  error SB-1074: every input of this job has an end
                2 | mode = streaming
                  |        ^^^^^^^^^ remove it, for a job in batch mode; or leave out until of a topic; or add grows = true to an input of files""");
    input("mode = streaming", "uri = \"v.csv\", grows = false");
    assertThat(firstLines()).containsExactly("job.conf:2:8  error SB-1074: every input of this job has an end");
    input("mode = streaming", "uri = \"bus:a b\"");
    assertThat(firstLines()).containsExactly("job.conf:4:20  error SB-1049: \"a b\" is no name of a topic");
  }

  @Test
  void aFolderMayGrow() {
    assertThat(read("mode = streaming", "uri = \"in\", format = json, grows = true").lookEvery())
        .contains(Duration.ofSeconds(10));
    assertThat(read("mode = streaming", "uri = \"in\", format = json, grows = true, look-every = 1s").lookEvery())
        .contains(Duration.ofSeconds(1));
    assertThat(read("mode = batch", "uri = \"in\", format = json, grows = true, look-every = 1s").lookEvery())
        .isEmpty();
    input("", "uri = \"v.csv\", look-every = 1s, grows = perhaps");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:29  error SB-1025: \"look-every\" means nothing here: it belongs to grows = true",
        "job.conf:4:54  error SB-1024: inputs.v.grows: expected true or false, found \"perhaps\"");
  }

  @Test
  void anInputMaySayWhenItsRowsHappened() {
    assertThat(read("", "uri = \"v.csv\", event-time { on = ts }").eventTime())
        .contains(new EventTime("ts", Duration.ZERO, Duration.ofMinutes(1)));
    assertThat(read("", "uri = \"bus:t\", event-time { on = \"the time\", delay = 5s, idle-after = 30s }").eventTime())
        .contains(new EventTime("the time", Duration.ofSeconds(5), Duration.ofSeconds(30)));
    assertThat(read("", "uri = \"bus:t\", event-time { on = ts, delay = 0s }").eventTime().orElseThrow().delay())
        .isZero();
  }

  @Test
  void mistakesInEventTimesAreTold() {
    input("", "uri = \"bus:t\", event-time = ts");
    assertThat(firstLines())
        .containsExactly("job.conf:4:42  error SB-1021: inputs.v.event-time: expected an object { ... }, found \"ts\"");
    input("", "uri = \"bus:t\", event-time { delay = -1, idle-after = 0s, in = 3 }");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:29  error SB-1022: event-time needs the key \"on\"",
        "job.conf:4:50  error SB-1024: inputs.v.event-time.delay: expected a time like 60s, 5m or 2h, found \"-1\"",
        "job.conf:4:67  error SB-1024: inputs.v.event-time.idle-after: expected a time like 60s, 5m or 2h, found "
            + "\"0s\"",
        "job.conf:4:71  error SB-1020: \"in\" is no key of event-time");
    input("", "uri = \"v.csv\", event-time { on = \"\", delay = 99999999d }");
    assertThat(firstLines()).containsExactly("job.conf:4:47  error SB-1024: inputs.v.event-time.on is empty",
        "job.conf:4:59  error SB-1024: inputs.v.event-time.delay is longer than 36525d");
  }

  @Test
  void aGroupingMayHaveWindows() {
    WindowSpec window = new WindowSpec(Duration.ofMinutes(1), SqlText.of("ts"));
    for (String written : new String[] {"1m on ts", "\"1m on ts\"", "\" 1 minute  on  ts \"", "{ size = 1m, on = ts }",
        "{ size = 60s, on = \"ts\" }"}) {
      assertThat(time("from = v, by = [a], aggregate = [\"count(*) as n\"], window = " + written)).as(written)
          .isEqualTo(new StepSpec.TimeSpec(Optional.of(window), Optional.empty(), Optional.empty()));
    }
    assertThat(time("from = v, aggregate = [\"count(*) as n\"], window = 5s on \"`on on`\"").window())
        .contains(new WindowSpec(Duration.ofSeconds(5), SqlText.of("`on on`")));
    SqlText on = time("from = v, aggregate = [\"count(*) as n\"], window = \"5s on ts\"").window().orElseThrow().on();
    assertThat(on.place().toString()).endsWith("job.conf:4:64");
    assertThat(time("from = v, by = [a], aggregate = [\"count(*) as n\"]")).isEqualTo(StepSpec.TimeSpec.NONE);
  }

  @Test
  void mistakesInWindowsAreTold() {
    String grouping = "from = v, aggregate = [\"count(*)\"], window";
    assertThat(step(grouping + " = 1m"))
        .containsExactly("job.conf:4:52  error SB-1024: steps.s.window: expected a size "
            + "and a column of type timestamp, found \"1m\"");
    assertThat(folder.errors()).contains("write for example window = \"1m on ts\" or window { size = 1m, on = ts }");
    for (String wrong : new String[] {"1 on ts", "0s on ts", "on ts", "1m on", "99999999d on ts", "ts"}) {
      assertThat(step(grouping + " = \"" + wrong + "\"")).singleElement().asString()
          .endsWith("expected a size and a column of type timestamp, found \"" + wrong + "\"");
    }
    assertThat(step(grouping + " = [1m]"))
        .containsExactly("job.conf:4:52  error SB-1021: steps.s.window: expected a window, found a list [ ... ]");
    assertThat(step(grouping + " { size = 0s, at = ts }")).containsExactly(
        "job.conf:4:43  error SB-1022: window needs the key \"on\"",
        "job.conf:4:59  error SB-1024: steps.s.window.size: expected a time like 60s, 5m or 2h, found \"0s\"",
        "job.conf:4:63  error SB-1020: \"at\" is no key of window");
    assertThat(step(grouping + " { on = ts }"))
        .containsExactly("job.conf:4:43  error SB-1022: window needs the key \"size\"");
  }

  @Test
  void aGroupingMayTellItsResultsAsItGoes() {
    assertThat(time("from = v, by = [a], aggregate = [\"count(*) as n\"], emit-every = 10s").emitEvery())
        .contains(Duration.ofSeconds(10));
    assertThat(step("from = v, aggregate = [\"count(*)\"], emit-every = often")).containsExactly(
        "job.conf:4:56  error SB-1024: steps.s.emit-every: expected a time like 60s, 5m or 2h, found \"often\"");
    assertThat(step("from = v, aggregate = [\"count(*)\"], emit-every = 1s, window = 1m on ts")).containsExactly(
        "job.conf:4:43  error SB-1025: \"emit-every\" means nothing here: a window tells its result when it ends");
  }

  @Test
  void aJoinMayBeWithinATime() {
    for (String join : new String[] {"join", "left-join", "right-join", "full-join", "semi-join", "anti-join"}) {
      assertThat(time("from = v, " + join + " = w, on = [k], within { most = 10m, left = ts, right = \"at time\" }"))
          .isEqualTo(new StepSpec.TimeSpec(Optional.empty(),
              Optional.of(new WithinSpec(Duration.ofMinutes(10), "ts", "at time")), Optional.empty()));
    }
    assertThat(step("from = v, join = w, on = [k], within = 10m")).containsExactly(
        "job.conf:4:46  error SB-1021: steps.s.within: expected an object that names a column of each side");
    assertThat(folder.errors()).contains("write for example within { most = 10m, left = ts, right = ts }");
    assertThat(step("from = v, join = w, on = [k], within { most = 10, left = [a], rigth = x }")).containsExactly(
        "job.conf:4:37  error SB-1022: within needs the key \"right\"",
        "job.conf:4:53  error SB-1024: steps.s.within.most: expected a time like 60s, 5m or 2h, found \"10\"",
        "job.conf:4:64  error SB-1021: steps.s.within.left: expected the name of a column, found a list [ ... ]",
        "job.conf:4:69  error SB-1020: \"rigth\" is no key of within");
  }

  @Test
  void whatAVerbCannotDoWithTimeIsRefused() {
    String all = ", window = 1m on ts, emit-every = 1s, within { most = 1s, left = a, right = b }";
    for (String verb : new String[] {"from = v", "from = v, distinct = true", "from = v, order-by = [a]",
        "union = [v, w]", "sql = \"select 1\"", "from = v, partition-by = [a]"}) {
      assertThat(step(verb + all)).as(verb).extracting(line -> line.replaceFirst(".*error ", "")).containsExactly(
          "SB-1025: \"window\" means nothing here: it belongs to aggregate",
          "SB-1025: \"emit-every\" means nothing here: it belongs to aggregate",
          "SB-1025: \"within\" means nothing here: it belongs to a join");
    }
    assertThat(step("from = v, join = w, on = [k], window = 1m on ts"))
        .containsExactly("job.conf:4:37  error SB-1025: \"window\" means nothing here: it belongs to aggregate");
    assertThat(step("from = v, aggregate = [\"count(*)\"], within { most = 1s, left = a, right = b }"))
        .containsExactly("job.conf:4:43  error SB-1025: \"within\" means nothing here: it belongs to a join");
  }

  private List<String> output(String mode, String keys) {
    folder.job("job = test\n" + mode + "\n" + BUS + "inputs { v { uri = \"bus:t\" } }\n"
        + "outputs { o { from = v, uri = \"bus:o\"" + keys + " } }\n");
    return firstLines();
  }

  @Test
  void aStreamingJobPublishesAsItGoes() {
    output("mode = streaming", "");
    assertThat(folder.load().outputs().get("o").topic().orElseThrow().publish())
        .isEqualTo(TopicOutput.Publish.AS_YOU_GO);
    output("", "");
    assertThat(folder.load().outputs().get("o").topic().orElseThrow().publish()).isEqualTo(TopicOutput.Publish.AT_END);
    assertThat(output("mode = streaming", ", publish = at-end"))
        .containsExactly("job.conf:5:50  error SB-1073: a job in streaming mode has no end to publish at");
  }

  @Test
  void aStreamingJobDoesNotReadWhatItWrites() {
    for (String topic : new String[] {"bus:t", "bus:/t.*/"}) {
      folder.job("job = test\nmode = streaming\n" + BUS + "inputs { v { uri = \"" + topic + "\" } }\n"
          + "outputs { o { from = v, uri = \"bus:t\" } }\n");
      assertThat(firstLines()).containsExactly("job.conf:5:32  error SB-1078: output \"o\" is written to a topic that "
          + "input \"v\" reads, and would be read again without end");
      folder.job("job = test\n\n" + BUS + "inputs { v { uri = \"" + topic + "\" } }\n"
          + "outputs { o { from = v, uri = \"bus:t\" } }\n");
      assertThat(folder.load().outputs()).hasSize(1);
    }
  }

  @Test
  void oneJobServesBothModes() {
    String job = """
        job = test
        systems { bus { type = kafka, bootstrap.servers = "h:1" } }
        inputs {
          v { uri = "bus:t", event-time { on = ts, delay = 5s } }
          w { uri = "in", format = json, grows = true, look-every = 5s }
        }
        steps {
          s { from = v, by = [a], aggregate = ["count(*) as n"], window = 1m on ts }
          e { from = w, by = [a], aggregate = ["count(*) as n"], emit-every = 10s }
        }
        outputs { o { from = s, uri = "bus:o", key = a }, p { from = e, uri = "bus:p", key = a } }
        """;
    folder.job(job).file("streaming.conf", "mode = streaming\n");
    JobSpec batch = folder.load();
    assertThat(batch.inputs().values()).noneMatch(InputSpec::isUnbounded);
    JobSpec streaming = folder.with(Overrides.NONE.withOverlays(List.of(folder.path("streaming.conf")))).load();
    assertThat(streaming.inputs().values()).allMatch(InputSpec::isUnbounded);
    assertThat(streaming.steps()).isEqualTo(batch.steps());
    assertThat(streaming.mode()).isEqualTo(Mode.STREAMING);
  }
}
