package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HOCON would silently misread or explain badly. */
class HoconTrapsTest {

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  @Test
  void aUriWithoutQuotesIsAskedToGetThem() {
    folder.job("job = a\ninputs { v { uri = hdfs://nn/x, format = csv } }\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:20  error SB-1004: ":" cannot stand in a value without quotes
            2 | inputs { v { uri = hdfs://nn/x, format = csv } }
              |                    ^^^^^^^^^^^ put quotes around the value: "hdfs://nn/x\"""");
  }

  @Test
  void everyReservedCharacterIsNamed() {
    for (String value : new String[] {"/d/*.avro", "a && b", "a ! b", "b ^ c", "d?", "a`b", "x@y", "a\\b", "a + b",
        "$x", "a = 'b'"}) {
      folder.job("job = a\nf = " + value + "\n");
      String character = value.replaceAll("[^*&!^?`@\\\\+$=]", "").substring(0, 1);
      assertThat(folder.errors()).as(value)
          .startsWith("job.conf:2:5  error SB-1004: \"" + character + "\" cannot stand in a value without quotes\n");
    }
  }

  @Test
  void anAggregateWithoutQuotesIsMarkedAsAWhole() {
    folder.job("job = a\nsteps { c { aggregate = [count(*) as n, max(ts)] } }\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:26  error SB-1004: "*" cannot stand in a value without quotes
            2 | steps { c { aggregate = [count(*) as n, max(ts)] } }
              |                          ^^^^^^^^^^^^^ put quotes around the value: "count(*) as n\"""");
  }

  @Test
  void aPlaceholderWithoutQuotesIsAskedToGetThem() {
    folder.job("job = a\ninputs { v { uri = data/{day}/x.csv } }\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:20  error SB-1004: "{" cannot stand in a value without quotes
            2 | inputs { v { uri = data/{day}/x.csv } }
              |                    ^^^^^^^^^^^^^^^^ put quotes around the value: "data/{day}/x.csv\"""");
  }

  @Test
  void whatWouldStartACommentInsideAValueIsAnError() {
    folder.job("job = a\ninputs { v { uri = data//x.csv\n }, w { uri = data#1\n} }\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:20  error SB-1004: "//" starts a comment here
            2 | inputs { v { uri = data//x.csv
              |                    ^^^^^^^^^^^ put quotes around the value: "data//x.csv"
        job.conf:3:15  error SB-1004: "#" starts a comment here
            3 |  }, w { uri = data#1
              |               ^^^^^^ put quotes around the value: "data#1\"""");
  }

  @Test
  void aCommentBehindABlankIsAComment() {
    folder.job(JobFolder.jobWith("run { containers = 3 # three\n keep-runs = 2 // two\n }"));
    assertThat(folder.load().run().containers()).isEqualTo(3);
    assertThat(folder.load().run().keepRuns()).isEqualTo(2);
  }

  @Test
  void aSubstitutionInsideQuotesIsAnError() {
    folder.job(JobFolder.jobWithStep("from = v, filter = \"x < ${d}\"") + "d = 5\n");
    assertThat(folder.errors()).startsWith(
        """
            job.conf:4:31  error SB-1007: ${d} is inside quotes, where it is not replaced
                4 |   s { from = v, filter = "x < ${d}" }
                  |                               ^^^^ write {d} for a param; ${d} has to stand outside the quotes: "x/"${d}"/y"; a real ${ is ${{
            """);
  }

  @Test
  void aSubstitutionInsideTripleQuotesIsAnErrorAtItsOwnLine() {
    folder.job(JobFolder.jobWithStep("sql = \"\"\"select *\n from v where x = ${d}\"\"\""));
    assertThat(folder.errors()).startsWith("job.conf:5:19  error SB-1007: ${d} is inside quotes");
  }

  @Test
  void twoBracesBehindADollarAreMeant() {
    folder.job(JobFolder.jobWithStep("from = v, filter = \"x = '${{d}}'\""));
    assertThat(folder.load().steps().get("s").filter().orElseThrow().text()).isEqualTo("x = '${d}'");
  }

  @Test
  void anOptionalSubstitutionInTheMidstOfAValueIsAWarning() {
    folder.job("job = a\ninputs { v { uri = ${?DIR}/v.csv } }\noutputs { o { from = v, uri = \"-\" } }\n");
    assertThat(folder.warnings()).isEqualTo("""
        job.conf:2:20  warning SB-1009: if DIR is not set, nothing stands here and the rest of the value is used
            2 | inputs { v { uri = ${?DIR}/v.csv } }
              |                    ^^^^^^^ write ${DIR} if it has to be set""");
  }

  @Test
  void anOptionalSubstitutionAloneIsFine() {
    folder.job(JobFolder.jobWith("run { containers = ${?CORES} }"));
    assertThat(folder.warnings()).isEmpty();
    folder.with(Overrides.NONE.withEnvironment(Map.of("CORES", "5")));
    assertThat(folder.load().run().containers()).isEqualTo(5);
  }

  @Test
  void aKeyThatIsSetTwiceIsReportedWithBothPlaces() {
    folder
        .job("job = a\ninputs { v { uri = \"a.csv\"\n  uri = \"b.csv\" } }\noutputs { o { from = v, uri = \"-\" } }\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:3:3  error SB-1012: inputs.v.uri is set twice: here and at job.conf:2:14
            3 |   uri = "b.csv" } }
              |   ^^^ remove one of the two""");
  }

  @Test
  void twoStepsOfOneNameAreReportedOnce() {
    folder.job("""
        job = a
        inputs { v { uri = "a.csv" } }
        steps {
          s { from = v, filter = "a" }
          s { from = v, filter = "b" }
        }
        outputs { o { from = s, uri = "-" } }
        """);
    assertThat(folder.errors()).isEqualTo("""
        job.conf:5:3  error SB-1012: steps.s is set twice: here and at job.conf:4:3
            5 |   s { from = v, filter = "b" }
              |   ^ remove one of the two""");
  }

  @Test
  void aKeyThatIsSetOnceByPathAndOnceInItsObjectIsSetTwice() {
    folder.job(JobFolder.jobWith("run.containers = 2\nrun { containers = 3 }"));
    assertThat(folder.errors()).isEqualTo("""
        job.conf:5:7  error SB-1012: run.containers is set twice: here and at job.conf:4:1
            5 | run { containers = 3 }
              |       ^^^^^^^^^^ remove one of the two""");
  }

  @Test
  void differentKeysOfOneObjectMayBeSetByPath() {
    folder.job(JobFolder.jobWith("run.containers = 2\nrun.keep-runs = 3"));
    assertThat(folder.load().run().containers()).isEqualTo(2);
  }

  @Test
  void blanksBetweenElementsOfAListAreAnError() {
    folder.job(JobFolder.jobWithStep("from = v, select = [a b c, d]"));
    assertThat(folder.errors()).isEqualTo("""
        job.conf:4:27  error SB-1013: only blanks stand between these parts of a list
            4 |   s { from = v, select = [a b c, d] }
              |                           ^^^^^ put commas between elements, or quotes around one element""");
  }

  @Test
  void lineEndsSeparateElementsOfAList() {
    folder.job(JobFolder.jobWithStep("from = v, select = [\n a\n \"b as c\"\n d, e ]"));
    assertThat(folder.load().steps().get("s").select()).extracting(SqlText::text).containsExactly("a", "b as c", "d",
        "e");
  }

  @Test
  void anUnknownSubstitutionIsReportedWithTheNearestKey() {
    folder.job(JobFolder.jobWith("run { containers = 2, keep-runs = ${run.contaners}, partitions = ${NOPE} }"));
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:4:35  error SB-1008: run.contaners is neither a key of the job nor an environment variable
                4 | run { containers = 2, keep-runs = ${run.contaners}, partitions = ${NOPE} }
                  |                                   ^^^^^^^^^^^^^^^^ did you mean "run.containers"?
            job.conf:4:66  error SB-1008: NOPE is neither a key of the job nor an environment variable
                4 | run { containers = 2, keep-runs = ${run.contaners}, partitions = ${NOPE} }
                  |                                                                  ^^^^^^^ a param is written {NOPE}, inside quotes""");
  }

  @Test
  void substitutionsThatLeadBackToThemselvesAreReported() {
    folder.job(JobFolder.jobWith("run { containers = ${run.keep-runs}, keep-runs = ${run.containers} }"));
    assertThat(folder.errors()).contains("error SB-1008: ").contains("leads back to itself")
        .doesNotContain("ConfigException");
  }

  @Test
  void numbersKeepTheTextInWhichTheyWereWritten() {
    folder.job("job = 010\nparams { id { type = string, default = 01234567890123456789 } }\n"
        + "inputs { v { uri = \"{id}.csv\" } }\noutputs { o { from = v, uri = \"-\" } }\n");
    assertThat(folder.load().name()).isEqualTo("010");
    assertThat(folder.load().inputs().get("v").locations().get(0).written()).isEqualTo("01234567890123456789.csv");
  }

  @Test
  void missingBracketsAndQuotesAreReportedWhereTheyWereOpened() {
    folder.job("job = a\ninputs { v { uri = \"a.csv\" }\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:8  error SB-1005: the "}" that closes this is missing
            2 | inputs { v { uri = "a.csv" }
              |        ^""");
    folder.job("job = a\nsteps { s { select = [a, b }\n");
    assertThat(folder.errors()).startsWith("job.conf:2:22  error SB-1005: the \"]\" that closes this is missing\n");
    folder.job("job = a\ninputs { v { uri = \"a.csv } }\n");
    assertThat(folder.errors())
        .startsWith("job.conf:2:20  error SB-1005: this text has no closing quote in its line\n");
    folder.job("job = a\ninputs { v { uri = \"\"\"a.csv\" } }\n");
    assertThat(folder.errors()).startsWith("job.conf:2:20  error SB-1005: this text has no closing \"\"\"\n");
    folder.job("job = a }\n");
    assertThat(folder.errors()).startsWith("job.conf:1:9  error SB-1005: this \"}\" closes nothing\n");
    folder.job("{ job = a }\ninputs {}\n");
    assertThat(folder.errors()).startsWith("job.conf:2:1  error SB-1005: the job ended with the \"}\" before this\n");
  }

  @Test
  void aWrongEscapeIsMarked() {
    folder.job(JobFolder.jobWithStep("from = v, filter = \"x like '\\d'\""));
    assertThat(folder.errors()).isEqualTo("""
        job.conf:4:35  error SB-1005: this is no escape
            4 |   s { from = v, filter = "x like '\\d'" }
              |                                   ^^ write \\\\ for one backslash""");
  }

  @Test
  void objectsInOneLineNeedACommaBetweenThem() {
    folder.job(
        "job = a\ninputs { v { uri = \"v.csv\" } w { uri = \"w.csv\" } }\noutputs { o { from = v, uri = \"-\" } }\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:2:30  error SB-1005: a comma or a line end is missing before this
            2 | inputs { v { uri = "v.csv" } w { uri = "w.csv" } }
              |                              ^""");
  }

  @Test
  void aKeyWithoutValueIsReported() {
    folder.job("job = a\ninputs { v { schema = a long, b string\n uri = } }\nfrom views\n");
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:2:31  error SB-1005: "b string" has no value
                2 | inputs { v { schema = a long, b string
                  |                               ^^^^^^^^ write b string = ..., or put quotes around the value before if this is a part of it
            job.conf:3:2  error SB-1005: "uri" has no value
                3 |  uri = } }
                  |  ^^^ write a value behind it; an empty text is ""
            job.conf:4:1  error SB-1005: "from views" has no value
                4 | from views
                  | ^^^^^^^^^^ write from views = ..., or put quotes around the value before if this is a part of it""");
  }

  @Test
  void mistakesInDifferentLinesAreAllReportedAndWarningsWithThem() {
    folder.job("job = a:b\nx = ${?A}/b\ny = c*d\n* = 5\n");
    assertThat(folder.errors().lines().filter(line -> line.startsWith("job.conf"))).containsExactly(
        "job.conf:1:7  error SB-1004: \":\" cannot stand in a value without quotes",
        "job.conf:2:5  warning SB-1009: if A is not set, nothing stands here and the rest of the value is used",
        "job.conf:3:5  error SB-1004: \"*\" cannot stand in a value without quotes",
        "job.conf:4:1  error SB-1004: \"*\" cannot stand in a key without quotes");
  }

  @Test
  void keysMayStandInQuotesAndHaveBlanks() {
    folder.job(JobFolder.jobWith("\"run\" { \"contain\\u0065rs\" = 2, keep runs = 3 }"));
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:4:32  error SB-1020: "keep runs" is no key of run
                4 | "run" { "contain\\u0065rs" = 2, keep runs = 3 }
                  |                                ^^^^^^^^^ did you mean "keep-runs"?  keys: containers, memory, state, streams-on, streams, commit-every, partitions, if-running, keep-runs, retries, retry-window, stall-after, fail-on-stall""");
  }

  @Test
  void listsMayBeExtended() {
    folder.job(JobFolder.jobWithStep("from = v, select = [a]\n select += b"));
    assertThat(folder.load().steps().get("s").select()).extracting(SqlText::text).containsExactly("a", "b");
  }

  @Test
  void objectsMayBeMadeFromOthers() {
    folder.job("""
        job = test
        inputs { v { uri = "v.csv", header = true }, w = ${inputs.v} { uri = "w.csv" } }
        outputs { o { from = w, uri = "-" } }
        """);
    assertThat(folder.load().inputs().get("w").delimited().header()).contains(true);
    assertThat(folder.load().inputs().get("w").locations().get(0).written()).isEqualTo("w.csv");
  }

  @Test
  void mistakesInASubstitutedValueAreReportedWhereItIsWritten() {
    folder.job("""
        job = test
        inputs { v { uri = "v.csv", header = perhaps }, w = ${inputs.v} { uri = "w.csv" } }
        outputs { o { from = w, uri = "-" } }
        """);
    assertThat(folder.errors())
        .contains("job.conf:2:38  error SB-1024: inputs.v.header: expected true or false, found \"perhaps\"");
  }
}
