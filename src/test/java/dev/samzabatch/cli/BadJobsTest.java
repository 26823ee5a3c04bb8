package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Job files that are wrong: all is told with its place before anything is created. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BadJobsTest {

  private static final String HEAD = """
      job = s
      inputs { a { uri = "in.csv", schema = "k long, v string" } }
      """;
  private static final String OUTPUTS = "outputs { o { from = b, uri = \"out\", format = json } }\n";

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory).file("in.csv", "k,v\n1,x\n2,y\n");
  }

  private void refusedStep(String steps, String expected) throws IOException {
    shell.refused(HEAD + "steps { " + steps + " }\n" + OUTPUTS).says(expected);
  }

  @Test
  void anEmptyJobFile() throws IOException {
    shell.refused("").says("""
        DIR/job.conf  error SB-1003: the job file is empty
           a job needs at least: job = a-name, inputs { ... }, outputs { ... }
        1 error; more about it: samza-batch explain SB-1003
        """);
  }

  @Test
  void aMissingJobFile() {
    shell.command("run", shell.path("jobb.conf").toString()).exits(2).saysFirst(
        "DIR/jobb.conf  error SB-1001: ");
    assertThat(shell.path("state")).doesNotExist();
  }

  @Test
  void aJobFileOfOneMegabyteRuns() throws IOException {
    shell.runs("# a comment in a long file\n".repeat(40_000) + HEAD + "steps { b { from = a } }\n" + OUTPUTS);
    assertThat(shell.rows("out")).hasSize(2);
  }

  @Test
  void aMegabyteOfJunkIsNoJobFile() throws IOException {
    String said = shell.refused("x".repeat(1 << 20)).err();
    assertThat(said).startsWith("DIR/job.conf:1:1  error SB-1005: \"" + "x".repeat(80) + "...\" has no value\n");
    assertThat(said.length()).isLessThan(1_000);
  }

  @Test
  void aDataFileIsNoJobFile() throws IOException {
    shell.refused("# a row\n".repeat(3_000_000)).says("""
        DIR/job.conf  error SB-1001: the file has more than 16 MB, too much for a job file
           is it a data file?
        1 error; more about it: samza-batch explain SB-1001
        """);
    shell.refused("job\0").says("""
        DIR/job.conf:1:4  error SB-1002: the file is no UTF-8 text: a control character (0x00) stands here
           save it as plain text in UTF-8
        1 error; more about it: samza-batch explain SB-1002
        """);
  }

  @Test
  void deepNestingIsRefusedAndDoesNotOverflowTheStack() throws IOException {
    assertThat(shell.refused("job = s\nsteps " + "{ a ".repeat(100_000) + "}".repeat(100_000)).err())
        .startsWith("DIR/job.conf:2:199  error SB-1006: this is nested more than 48 levels deep\n");
    assertThat(shell.refused("job = s\nsteps = " + "[".repeat(100_000) + "]".repeat(100_000)).err())
        .startsWith("DIR/job.conf:2:57  error SB-1006: this is nested more than 48 levels deep\n");
    assertThat(
        shell.refused(HEAD + "steps { b { from = a, filter = \"" + "(".repeat(20_000) + "k > 1" + ")".repeat(20_000)
            + "\" } }\n" + OUTPUTS).err())
        .startsWith("DIR/job.conf:3:").contains("error SB-2");
  }

  @Test
  void filesThatIncludeEachOther() throws IOException {
    shell.file("x.conf", "include \"job.conf\"\n").refused("include \"x.conf\"\njob = s").says("""
        DIR/x.conf:1:9  error SB-1011: DIR/job.conf includes itself, directly or through others
            1 | include "job.conf"
              |         ^^^^^^^^^^ remove one of the includes
        1 error; more about it: samza-batch explain SB-1011
        """);
  }

  @Test
  void anUnknownColumnIsShownInItsPlaceWithThoseThereAre() throws IOException {
    refusedStep("b { from = a, filter = \"kk > 1\" }", """
        DIR/job.conf:3:33  error SB-2003: step "b": no column kk in a
            3 | steps { b { from = a, filter = "kk > 1" } }
              |                                 ^^ columns: k, v
        1 error; more about it: samza-batch explain SB-2003
        """);
    refusedStep("b { from = a, by = [kk], aggregate = [\"count(*) as n\"] }", """
        DIR/job.conf:3:29  error SB-2003: step "b": no column kk in a
            3 | steps { b { from = a, by = [kk], aggregate = ["count(*) as n"] } }
              |                             ^^ columns: k, v
        1 error; more about it: samza-batch explain SB-2003
        """);
  }

  @Test
  void aColumnThatBothTablesHaveIsAmbiguous() throws IOException {
    refusedStep("b { sql = \"select v from a x join a y on x.k = y.k\" }", """
        DIR/job.conf:3:27  error SB-2005: step "b": column v is in more than one of the tables
            3 | steps { b { sql = "select v from a x join a y on x.k = y.k" } }
              |                           ^ write the table before it: a.v
        1 error; more about it: samza-batch explain SB-2005
        """);
    assertThat(shell.refused(HEAD + "steps { c { from = a }, b { from = a, join = c, on = [k] } }\n" + OUTPUTS).err())
        .startsWith("DIR/job.conf:3:").contains("error SB-2006: step \"b\": both a and c have a column v");
  }

  @Test
  void columnsOfAUnionMustHaveTheSameTypes() throws IOException {
    refusedStep("c { from = a, select = [\"v as k\", \"k as v\"] }, b { union = [a, c] }", """
        DIR/job.conf:3:72  error SB-2015: step "b": column k is long in a and string in c
           cast one in a step before
        DIR/job.conf:3:72  error SB-2015: step "b": column v is string in a and long in c
           cast one in a step before
        2 errors; more about it: samza-batch explain SB-2015
        """);
    refusedStep("b { sql = \"select k from a union all select v from a\" }", """
        DIR/job.conf:3:27  error SB-2015: step "b": column 1 has different types in the parts of the union
            3 | steps { b { sql = "select k from a union all select v from a" } }
              |                           ^ cast it in one of them: cast(x as string) ...
        1 error; more about it: samza-batch explain SB-2015
        """);
    refusedStep("b { sql = \"select k, v from a union all select v from a\" }", """
        DIR/job.conf:3:56  error SB-2015: step "b": the parts of the union have different numbers of columns
            3 | steps { b { sql = "select k, v from a union all select v from a" } }
              |                                                        ^ select as many in each
        1 error; more about it: samza-batch explain SB-2015
        """);
  }

  @Test
  void columnsOfAJoinMustHaveTypesThatCompare() throws IOException {
    refusedStep("c { from = a, select = [\"v as k\", \"k as w\"] }, b { from = a, join = c, on = [k] }", """
        DIR/job.conf:3:86  error SB-2008: step "b": types do not fit: long = string
            3 | steps { c { from = a, select = ["v as k", "k as w"] }, b { from = a, join = c, on = [k] } }
              |                                                                                      ^ cast one side: \
        cast(x as long), cast(x as string), cast(x as date) ...
        1 error; more about it: samza-batch explain SB-2008
        """);
  }

  @Test
  void stepsThatReadEachOther() throws IOException {
    refusedStep("b { from = c }, c { from = b }", """
        DIR/job.conf:3:9  error SB-1053: steps read each other in a circle: b <- c <- b
           a step reads inputs and other steps, never its own result
        1 error; more about it: samza-batch explain SB-1053
        """);
    refusedStep("b { sql = \"select * from c\" }, c { sql = \"select * from b\" }", """
        DIR/job.conf:3:9  error SB-1053: steps read each other in a circle: b <- c <- b
           a step reads inputs and other steps, never its own result
        1 error; more about it: samza-batch explain SB-1053
        """);
  }

  @Test
  void aStepThatNobodyReadsIsOnlyAWarning() throws IOException {
    shell.runs(HEAD + "steps { b { from = a }, unused { from = a, filter = \"k > 1\" } }\n" + OUTPUTS).says("""
        DIR/job.conf:3:25  warning SB-1055: step "unused" leads to no output
           remove it, or write it out
        """);
    assertThat(shell.rows("out")).hasSize(2);
  }

  @Test
  void aParamWithoutAValue() throws IOException {
    String job =
        "params { day { type = date } }\n" + HEAD + "steps { b { from = a, filter = \"v = '{day}'\" } }\n" + OUTPUTS;
    shell.refused(job).says("""
        DIR/job.conf:1:10  error SB-1031: param "day" has no value
            1 | params { day { type = date } }
              |          ^^^ give it one: --param day=... (a date like 2026-11-22, today, yesterday or today - 3 days)
        1 error; more about it: samza-batch explain SB-1031
        """);
    shell.command("run", "--param", "day=tomorow", shell.path("job.conf").toString()).exits(2).saysFirst(
        "--param day  error SB-1032: ");
    assertThat(shell.path("state")).doesNotExist();
  }

  @Test
  void aKeyThatIsSetTwice() throws IOException {
    shell.refused(HEAD + "steps { b { from = a }\n b { from = a, filter = \"k > 1\" } }\n" + OUTPUTS).says("""
        DIR/job.conf:4:2  error SB-1012: steps.b is set twice: here and at DIR/job.conf:3:9
            4 |  b { from = a, filter = "k > 1" } }
              |  ^ remove one of the two
        1 error; more about it: samza-batch explain SB-1012
        """);
  }

  @Test
  void allProblemsOfAJobAreToldAtOnce() throws IOException {
    String said = shell.refused("""
        job = "S s"
        inputs { a { uri = "in.csv", schema = "k long, v strin" } }
        steps { b { from = x, filterr = "k > 1" } }
        outputs { o { from = b, mode = replac } }
        """).err();
    assertThat(said).contains("DIR/job.conf:1:", "DIR/job.conf:2:", "DIR/job.conf:3:", "DIR/job.conf:4:",
        "did you mean \"filter\"", "did you mean \"replace\"", "did you mean string");
  }

  @Test
  void whatCannotBeComputedFailsTheRunAndNamesTheStep() throws IOException {
    shell.fails(HEAD + "steps { b { from = a, select = [k, \"k / (k - 1) as q\"] } }\n" + OUTPUTS).exits(1).says("""
        error SB-3900: step "b": 1 / 0 is a division by zero; write nullif(divisor, 0) to get null instead
           nothing was published; change the expression or the data
        1 error; more about it: samza-batch explain SB-3900
        run RUN of job s: failed after TIME; nothing was published. See: samza-batch show RUN
        """);
    shell.file("in.csv", "k,v\n9223372036854775807,x\n1,x\n");
    shell.fails(HEAD + "steps { b { from = a, by = [v], aggregate = [\"sum(k) as s\"] } }\n" + OUTPUTS).exits(1)
        .saysFirst(
            "error SB-3900: step \"b\": a sum of 9223372036854775808 exceeds long; sum cast(... as decimal(38, 0)) instead\n");
  }
}
