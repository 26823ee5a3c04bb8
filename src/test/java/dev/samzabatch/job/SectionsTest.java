package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything but steps. */
class SectionsTest {

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  private String input(String keys) {
    return "job = test\ninputs { v { " + keys + " } }\noutputs { o { from = v, uri = \"-\" } }\n";
  }

  private String output(String keys) {
    return "job = test\ninputs { v { uri = \"v.csv\" } }\noutputs { " + keys + " }\n";
  }

  private List<String> firstLines() {
    return folder.errors().lines().filter(line -> line.contains(" error SB-")).toList();
  }

  @Test
  void jobNamesAreChecked() {
    for (String wrong : new String[] {"Job", "a b", "-a", "\"\"", "\"a/b\"", "\"{x}\"", "a".repeat(101)}) {
      folder.job(JobFolder.jobWith("").replace("job = test", "job = " + wrong));
      assertThat(firstLines()).as(wrong).containsExactly(
          "job.conf:1:7  error SB-1026: \"" + wrong.replace("\"", "") + "\" cannot be the name of a job");
    }
    assertThat(folder.job(JobFolder.jobWith("").replace("job = test", "job = 2-a_b.c")).load().name())
        .isEqualTo("2-a_b.c");
  }

  @Test
  void theFormatComesFromTheExtension() {
    assertThat(folder.job(input("uri = \"x/*.JSONL.gz\"")).load().inputs().get("v").format())
        .isEqualTo(DataFormat.JSON);
    assertThat(folder.job(input("uri = [\"a.csv\", \"b.csv.zst\"]")).load().inputs().get("v").format())
        .isEqualTo(DataFormat.CSV);
    assertThat(folder.job(input("uri = \"a.tab\"")).load().inputs().get("v").delimited().delimiter()).isEqualTo('\t');
    folder.job(input("uri = \"data/*\""));
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:20  error SB-1042: "data/*" does not tell its format
            2 | inputs { v { uri = "data/*" } }
              |                    ^^^^^^^^ add format = json, csv or tsv""");
    folder.job(input("uri = [\"a.csv\", \"b.json\"]"));
    assertThat(firstLines())
        .containsExactly("job.conf:2:20  error SB-1042: the files of one input are all of one format");
  }

  @Test
  void formatsOfTopicsAreNotForFiles() {
    folder.job(input("uri = \"a.csv\", format = avro"));
    assertThat(firstLines())
        .containsExactly("job.conf:2:38  error SB-1046: the format avro is for topics, not for files");
  }

  @Test
  void delimitedOptionsAreRead() {
    folder.job(input(
        "uri = \"v.txt\", format = csv, header = no, delimiter = \";\", quote = \"'\", escape = \"\\\\\", null-text = \"\\\\N\", compress = gzip"));
    InputSpec input = folder.load().inputs().get("v");
    assertThat(input.delimited())
        .isEqualTo(new DelimitedOptions(Optional.of(false), ';', Optional.of('\''), Optional.of('\\'), "\\N"));
    assertThat(input.compression()).contains(Compression.GZIP);
    folder.job(input("uri = \"v.csv\", quote = \"\""));
    assertThat(folder.load().inputs().get("v").delimited())
        .isEqualTo(new DelimitedOptions(Optional.empty(), ',', Optional.empty(), Optional.empty(), ""));
  }

  @Test
  void optionsOfOtherFormatsAreRefused() {
    folder.job(
        input("uri = \"v.json\", header = true, delimiter = \",\", quote = \"x\", escape = \"x\", null-text = \"x\""));
    assertThat(folder.errors()).startsWith(
        """
            job.conf:2:30  error SB-1025: "header" means nothing here: it belongs to the formats csv and tsv, and the format is json
                2 | inputs { v { uri = "v.json", header = true, delimiter = ",", quote = "x", escape = "x", null-text = "x" } }
                  |                              ^^^^^^ remove it
            """);
    assertThat(firstLines()).hasSize(5);
  }

  @Test
  void delimitedOptionsAreChecked() {
    folder.job(input("uri = \"v.csv\", header = perhaps, delimiter = \"ab\", quote = \"\\n\", escape = [x]"));
    assertThat(firstLines()).containsExactly(
        "job.conf:2:38  error SB-1024: inputs.v.header: expected true or false, found \"perhaps\"",
        "job.conf:2:59  error SB-1024: inputs.v.delimiter: expected one ASCII character, no line end, found \"ab\"",
        "job.conf:2:73  error SB-1024: inputs.v.quote: expected one ASCII character, no line end, found \"",
        "job.conf:2:88  error SB-1021: inputs.v.escape: expected one character, found a list [ ... ]");
    folder.job(input("uri = \"v.csv\", delimiter = \"|\", quote = \"|\""));
    assertThat(firstLines())
        .containsExactly("job.conf:2:10  error SB-1024: quote and delimiter are the same character");
  }

  @Test
  void schemasAreReadAndTheirMistakesMarked() {
    folder.job(input("uri = \"v.csv\", schema = \"id long, `a b` decimal(5,2) null\""));
    Schema expected = SchemaText.parse("id long, `a b` decimal(5,2) null");
    assertThat(folder.load().inputs().get("v").schema()).contains(expected);
    folder.job(input("uri = \"v.csv\", schema = \"\"\"id long,\n  name strng null\"\"\""));
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:3:8  error SB-1045: "strng" is no type
                3 |   name strng null\"\"\" } }
                  |        ^^^^^ did you mean string?  types: boolean, int, long, float, double, decimal, string, bytes, date, time, timestamp, array, map, row""");
  }

  @Test
  void urisAreChecked() {
    folder.job("""
        job = test
        systems { lake { type = file, uri = "/l" } }
        inputs {
          a { uri = "" }
          b { uri = "-" }
          c { uri = "leke:/x.csv" }
          d { uri = "file://host/x.csv" }
          e { uri = { x = 1 } }
          f { uri = [] }
          g { format = csv }
          h { uri = ["x.csv", 5, [1]], format = csv }
        }
        outputs { o { from = a, uri = "out/*.csv" } }
        """);
    assertThat(firstLines()).containsExactly(
        "job.conf:4:13  error SB-1044: inputs.a.uri is empty",
        "job.conf:5:13  error SB-1044: an input cannot be read from \"-\"",
        "job.conf:6:13  error SB-1041: \"leke\" is no system of this job",
        "job.conf:7:13  error SB-1044: a file: uri names no host",
        "job.conf:8:13  error SB-1021: inputs.e.uri: expected a uri, found an object { ... }",
        "job.conf:9:13  error SB-1024: inputs.f.uri is an empty list",
        "job.conf:10:3  error SB-1022: an input needs the key \"uri\"",
        "job.conf:11:26  error SB-1021: inputs.h.uri[2]: expected a uri, found a list [ ... ]",
        "job.conf:13:31  error SB-1044: an output is written to one path, and this is a pattern");
  }

  @Test
  void aPathWithACharacterThatNoPathHasIsAnError() {
    folder.job(input("uri = \"a\\u0000b.csv\""));
    assertThat(firstLines())
        .containsExactly("job.conf:2:20  error SB-1044: inputs.v.uri: this is no path: Nul character not allowed");
  }

  @Test
  void systemsOfUnknownTypesAreReportedOnce() {
    folder.job(
        "job = test\nsystems { bus { type = pulsar, uri = \"x\" }, 7x { type = file }, n {}, file { type = file } }\n"
            + "inputs { v { uri = \"bus:topic\", format = json } }\noutputs { o { from = v, uri = \"-\" } }\n");
    assertThat(folder.errors()).startsWith("""
        job.conf:2:24  error SB-1040: "pulsar" is no type of system that this build knows
            2 | systems { bus { type = pulsar, uri = "x" }, 7x { type = file }, n {}, file { type = file } }
              |                        ^^^^^^ known types: file, kafka
        """);
    assertThat(firstLines()).hasSize(4)
        .anyMatch(line -> line.endsWith("SB-1026: \"7x\" cannot be the name of a system"))
        .anyMatch(line -> line.endsWith("SB-1022: a system needs the key \"type\""))
        .anyMatch(line -> line.endsWith("SB-1026: \"file\" cannot be the name of a system"));
  }

  @Test
  void outputsHaveTheirDefaults() {
    OutputSpec output = folder.job(output("o { from = v, uri = \"o.csv.gz\" }")).load().outputs().get("o");
    assertThat(output.encoding())
        .isEqualTo(new OutputSpec.Encoding(DataFormat.CSV, DelimitedOptions.of(DataFormat.CSV), Compression.GZIP));
    assertThat(output.files()).isEmpty();
    assertThat(output.mode()).isEqualTo(OutputSpec.Mode.FAIL);
    assertThat(output.ifEmpty()).isEqualTo(OutputSpec.IfEmpty.PUBLISH);
    assertThat(output.from().name()).isEqualTo("v");
    OutputSpec stdout = folder.job(output("o { from = v, uri = \"-\" }")).load().outputs().get("o");
    assertThat(stdout.location().isStdout()).isTrue();
    assertThat(stdout.encoding().format()).isEqualTo(DataFormat.JSON);
    assertThat(stdout.encoding().compression()).isEqualTo(Compression.NONE);
  }

  @Test
  void outputsAreRead() {
    OutputSpec output = folder
        .job(output(
            "o { from = v, uri = out, format = tsv, files = 3, compress = zstd, mode = replace, if-empty = keep }"))
        .load().outputs().get("o");
    assertThat(output.files()).hasValue(3);
    assertThat(output.encoding().format()).isEqualTo(DataFormat.TSV);
    assertThat(output.encoding().compression()).isEqualTo(Compression.ZSTD);
    assertThat(output.mode()).isEqualTo(OutputSpec.Mode.REPLACE);
    assertThat(output.ifEmpty()).isEqualTo(OutputSpec.IfEmpty.KEEP);
  }

  @Test
  void twoOutputsToOnePathAreAnError() {
    folder.job(output(
        "a { from = v, uri = \"x.csv\" }, b { from = v, uri = \"./y/../x.csv\" }, c { from = v, uri = \"x.csv/z.csv\" }"));
    assertThat(firstLines()).containsExactly(
        "job.conf:3:62  error SB-1043: the path of output \"b\" is the same as of output \"a\" at job.conf:3:32",
        "job.conf:3:100  error SB-1043: the path of output \"c\" is inside that of output \"a\" at job.conf:3:32");
  }

  @Test
  void outputsAreChecked() {
    folder
        .job(output("a { from = w, uri = \"x.parquet\", files = 0, mode = over, if-empty = x, compres = gzip }, b {}"));
    assertThat(firstLines()).containsExactly(
        "job.conf:3:22  error SB-1052: \"w\" is no input and no step of this job",
        "job.conf:3:31  error SB-1042: \"x.parquet\" does not tell its format",
        "job.conf:3:52  error SB-1024: outputs.a.files: expected a whole number from 1 to 10000, found \"0\"",
        "job.conf:3:62  error SB-1023: outputs.a.mode: expected fail, replace or append, found \"over\"",
        "job.conf:3:79  error SB-1023: outputs.a.if-empty: expected publish, keep or fail, found \"x\"",
        "job.conf:3:82  error SB-1020: \"compres\" is no key of an output",
        "job.conf:3:100  error SB-1022: an output needs the key \"from\"",
        "job.conf:3:100  error SB-1022: an output needs the key \"uri\"");
  }

  @Test
  void emptySectionsAreAnError() {
    folder.job("job = test\ninputs {}\noutputs {}\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:1  error SB-1022: a job needs an input
            2 | inputs {}
              | ^^^^^^ add for example views { uri = "data/views.csv" }
        job.conf:3:1  error SB-1022: a job needs an output
            3 | outputs {}
              | ^^^^^^^ add for example result { from = views, uri = "out/views.csv" }""");
    folder.job("job = test\ninputs = 5\noutputs = []\nsteps = x\nchecks = 1\nparams = 1\nsystems = 1\nrun = 1\n");
    assertThat(firstLines()).hasSize(7)
        .allMatch(line -> line.contains("SB-1021") && line.contains(": expected an object { ... }, found "));
  }

  @Test
  void keysOfOtherVersionsAreUnknown() {
    for (String key : new String[] {"bad-records", "tests", "app"}) {
      folder.job(JobFolder.jobWith(key + " { x = 1 }"));
      assertThat(firstLines()).as(key)
          .containsExactly("job.conf:4:1  error SB-1020: \"" + key + "\" is no key of a job");
    }
  }

  @Test
  void checksAreRead() {
    folder.job(JobFolder.jobWith("""
        checks {
          a { on = v, rows = ">= 1" }
          b { on = v, rows = "between 2 and 10", else = warn }
          c { on = v, rows = "= 5" }
          d { on = v, rows = "<7" }
          e { on = v, rows = "> 7" }
          f { on = v, unique = [a, b] }
          g { on = v, true-for = "x is not null", at-least = 99% }
          h { on = v, true-for = "y", at-least = 0.5 }
          i { on = v, true-for = "z" }
          j { on = v, rows = "<= 3" }
        }
        """));
    JobSpec job = folder.load();
    assertThat(job.checks().values()).extracting(CheckSpec::rule).containsExactly(
        new CheckSpec.Rows(1, Long.MAX_VALUE), new CheckSpec.Rows(2, 10), new CheckSpec.Rows(5, 5),
        new CheckSpec.Rows(0, 6),
        new CheckSpec.Rows(8, Long.MAX_VALUE), new CheckSpec.Unique(List.of(SqlText.of("a"), SqlText.of("b"))),
        new CheckSpec.TrueFor(SqlText.of("x is not null"), new BigDecimal("0.99")),
        new CheckSpec.TrueFor(SqlText.of("y"), new BigDecimal("0.5")),
        new CheckSpec.TrueFor(SqlText.of("z"), BigDecimal.ONE),
        new CheckSpec.Rows(0, 3));
    assertThat(job.checks().get("b").otherwise()).isEqualTo(CheckSpec.Otherwise.WARN);
    assertThat(job.checks().get("a").otherwise()).isEqualTo(CheckSpec.Otherwise.FAIL);
    assertThat(job.checks().get("a").on().name()).isEqualTo("v");
  }

  @Test
  void checksAreChecked() {
    folder.job(JobFolder.jobWith("""
        checks {
          a { on = v }
          b { on = v, rows = "> 1", unique = [x] }
          c { on = vv, rows = "some" }
          d { rows = "between 3 and 2", at-least = 1% }
          e { on = v, true-for = " ", at-least = 101% }
          f { on = v, rows = "< 0", else = stop }
        }
        """));
    assertThat(firstLines()).containsExactly(
        "job.conf:5:3  error SB-1060: a check has one rule, and \"a\" has no rule",
        "job.conf:6:3  error SB-1060: a check has one rule, and \"b\" has \"rows\" and \"unique\"",
        "job.conf:7:12  error SB-1052: \"vv\" is no input and no step of this job",
        "job.conf:7:23  error SB-1061: \"some\" is no condition on a number of rows",
        "job.conf:8:3  error SB-1022: a check needs the key \"on\"",
        "job.conf:8:14  error SB-1061: no number of rows meets this condition",
        "job.conf:8:33  error SB-1025: \"at-least\" means nothing here: it belongs to true-for",
        "job.conf:9:26  error SB-1024: checks.e.true-for is empty",
        "job.conf:9:42  error SB-1024: checks.e.at-least: expected a share like 99% or 0.99, found \"101%\"",
        "job.conf:10:22  error SB-1061: no number of rows meets this condition",
        "job.conf:10:36  error SB-1023: checks.f.else: expected fail or warn, found \"stop\"");
  }

  @Test
  void runHasItsDefaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    RunSpec usual = new RunSpec(cores, OptionalLong.empty(), StateKind.AUTO, StreamsOn.LOCAL,
        Duration.ofSeconds(60), OptionalInt.empty(), RunSpec.IfRunning.FAIL, 7,
        new RunSpec.Recovery(3, Duration.ofMinutes(5), Duration.ofMinutes(10), false));
    assertThat(folder.job(JobFolder.jobWith("")).load().run()).isEqualTo(usual);
    assertThat(folder.job(JobFolder.jobWith("run {}")).load().run()).isEqualTo(usual);
  }

  @Test
  void runIsRead() {
    folder.job(JobFolder.jobWith(
        "run { containers = 3, memory = 2g, streams-on = local, commit-every = 10ms, partitions = 16, if-running = wait, "
            + "keep-runs = 0, state = rocksdb, retries = 0, retry-window = 1m, stall-after = 2h, fail-on-stall = true }"));
    assertThat(folder.load().run())
        .isEqualTo(new RunSpec(3, OptionalLong.of(2L << 30), StateKind.ROCKSDB, StreamsOn.LOCAL,
            Duration.ofMillis(10), OptionalInt.of(16), RunSpec.IfRunning.WAIT, 0,
            new RunSpec.Recovery(0, Duration.ofMinutes(1), Duration.ofHours(2), true)));
  }

  @Test
  void mistakesInHowARunRecoversAreTold() {
    folder.job(JobFolder.jobWith(
        "run {\n  state = disk\n  retries = -1\n  retry-window = 5\n  stall-after = 0s\n  fail-on-stall = maybe\n}"));
    assertThat(firstLines()).containsExactly(
        "job.conf:5:11  error SB-1023: run.state: expected memory, rocksdb or auto, found \"disk\"",
        "job.conf:6:13  error SB-1024: run.retries: expected a whole number from 0 to 1000, found \"-1\"",
        "job.conf:7:18  error SB-1024: run.retry-window: expected a time like 60s, 5m or 2h, found \"5\"",
        "job.conf:8:17  error SB-1024: run.stall-after: expected a time like 60s, 5m or 2h, found \"0s\"",
        "job.conf:9:19  error SB-1024: run.fail-on-stall: expected true or false, found \"maybe\"");
  }

  @Test
  void sizesAndTimesHaveManyForms() {
    String[][] sizes = {{"1024", "1024"}, {"1k", "1024"}, {"3 MB", "3145728"}, {"1GiB", "1073741824"},
        {"2T", "2199023255552"}, {"7b", "7"}};
    for (String[] size : sizes) {
      folder.job(JobFolder.jobWith("run { memory = \"" + size[0] + "\" }"));
      assertThat(folder.load().run().memoryBytes()).as(size[0]).hasValue(Long.parseLong(size[1]));
    }
    String[][] times = {{"500ms", "500"}, {"60s", "60000"}, {"1 minute", "60000"}, {"2 hours", "7200000"},
        {"1d", "86400000"}, {"3 seconds", "3000"}};
    for (String[] time : times) {
      folder.job(JobFolder.jobWith("run { commit-every = " + time[0] + " }"));
      assertThat(folder.load().run().commitEvery()).as(time[0]).hasMillis(Long.parseLong(time[1]));
    }
    for (String wrong : new String[] {"0", "-1g", "1.5g", "g", "9999999999999", "999999999999t", "1gg"}) {
      folder.job(JobFolder.jobWith("run { memory = \"" + wrong + "\" }"));
      assertThat(firstLines()).as(wrong).containsExactly(
          "job.conf:4:16  error SB-1024: run.memory: expected a size like 512m or 2g, found \"" + wrong + "\"");
    }
    for (String wrong : new String[] {"0s", "5", "1.5h", "s", "5 parsecs"}) {
      folder.job(JobFolder.jobWith("run { commit-every = \"" + wrong + "\" }"));
      assertThat(firstLines()).as(wrong).hasSize(1);
    }
  }

  @Test
  void nullTakesAKeyAway() {
    folder.job(JobFolder.jobWith("run { containers = 3\n keep-runs = null\n }"));
    assertThat(folder.load().run().keepRuns()).isEqualTo(7);
  }
}
