package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  private StepSpec step(String keys) {
    return folder.job(JobFolder.jobWithStep(keys)).load().steps().get("s");
  }

  private String error(String keys) {
    return folder.job(JobFolder.jobWithStep(keys)).errors();
  }

  private List<String> firstLines() {
    return folder.errors().lines().filter(line -> line.contains(" error SB-")).toList();
  }

  private static List<SqlText> sql(String... texts) {
    return Arrays.stream(texts).map(SqlText::of).toList();
  }

  @Test
  void aStepMayOnlyFilterAndSelect() {
    StepSpec step = step("from = v, filter = \"a > 1\", select = [a, \"b as c\"]");
    assertThat(step.from().orElseThrow().name()).isEqualTo("v");
    assertThat(step.filter()).contains(SqlText.of("a > 1"));
    assertThat(step.select()).isEqualTo(sql("a", "b as c"));
    assertThat(step.verb()).isEqualTo(new Verb.Pass());
    assertThat(step.partitions()).isEmpty();
  }

  @Test
  void everyVerbIsRead() {
    assertThat(step("from = v, by = [a, b], aggregate = [\"count(*) as n\"], partitions = 8").verb())
        .isEqualTo(new Verb.Aggregate(sql("a", "b"), sql("count(*) as n")));
    assertThat(folder.load().steps().get("s").partitions()).hasValue(8);
    assertThat(step("from = v, aggregate = [\"count(*) as n\"]").verb())
        .isEqualTo(new Verb.Aggregate(List.of(), sql("count(*) as n")));
    assertThat(step("from = v, distinct = true").verb()).isEqualTo(new Verb.Distinct());
    assertThat(step("from = v, distinct = false").verb()).isEqualTo(new Verb.Pass());
    assertThat(step("from = v, distinct = false, by = [a], aggregate = [\"min(b)\"]").verb())
        .isInstanceOf(Verb.Aggregate.class);
    assertThat(step("from = v, order-by = [\"a desc\", b], limit = 10, offset = 5").verb())
        .isEqualTo(new Verb.Sort(sql("a desc", "b"), OptionalLong.of(10), 5));
    assertThat(step("from = v, order-by = [a]").verb()).isEqualTo(new Verb.Sort(sql("a"), OptionalLong.empty(), 0));
    assertThat(step("from = v, partition-by = [a], partitions = 3").verb()).isEqualTo(new Verb.Repartition(sql("a")));
    assertThat(step("sql = \"select 1\"").verb()).isEqualTo(new Verb.Sql(SqlText.of("select 1")));
    Verb.Union union = (Verb.Union) step("union = [v, w], filter = \"a\", select = [a]").verb();
    assertThat(union.relations()).extracting(Reference::name).containsExactly("v", "w");
  }

  @Test
  void everyJoinIsRead() {
    String[] keys = {"join", "left-join", "right-join", "full-join", "semi-join", "anti-join"};
    for (int i = 0; i < keys.length; i++) {
      Verb.Join join = (Verb.Join) step("from = v, " + keys[i] + " = w, on = [a]").verb();
      assertThat(join.kind()).isEqualTo(Verb.Join.Kind.values()[i]);
      assertThat(join.right().name()).isEqualTo("w");
      assertThat(join.on()).containsExactly(new Verb.JoinKey("a", "a", SqlText.of("a")));
    }
  }

  @Test
  void joinColumnsMayDifferAndBeQuoted() {
    Verb.Join join =
        (Verb.Join) step("from = v, join = w, on = [\"a = b\", \" c=d \", \"`x y` = \\\"z\\\"\", \"`=`\"]").verb();
    assertThat(join.on()).extracting(Verb.JoinKey::left).containsExactly("a", "c", "x y", "=");
    assertThat(join.on()).extracting(Verb.JoinKey::right).containsExactly("b", "d", "z", "=");
    assertThat(error("from = v, join = w, on = [\"v.a = w.b\", \"a > b\", \"a = b = c\"]")).startsWith(
        """
            job.conf:4:33  error SB-1056: "v.a = w.b" is no column and no pair of columns
                4 |   s { from = v, join = w, on = ["v.a = w.b", "a > b", "a = b = c"] }
                  |                                 ^^^^^^^^^^^ write a column that both sides have, or "a = b": a of the relation in from, b of the joined one
            """);
    assertThat(firstLines()).hasSize(3);
  }

  @Test
  void twoVerbsAreAnErrorThatNamesBoth() {
    assertThat(error("from = v, by = [a], aggregate = [\"count(*)\"], left-join = w, on = [a]")).isEqualTo("""
        job.conf:4:53  error SB-1050: a step does one thing, and this one has both "by" and "left-join"
            4 |   s { from = v, by = [a], aggregate = ["count(*)"], left-join = w, on = [a] }
              |                                                     ^^^^^^^^^ make two steps of it, one from the other
        job.conf:4:68  error SB-1025: "on" means nothing here: it belongs to a join
            4 |   s { from = v, by = [a], aggregate = ["count(*)"], left-join = w, on = [a] }
              |                                                                    ^^ remove it""");
    for (String[] pair : new String[][] {{"join = w, on = [a]", "distinct = yes"},
        {"order-by = [a]", "sql = \"select 1\""},
        {"union = [v, w]", "limit = 1"}, {"join = w, on = [a]", "semi-join = w"},
        {"distinct = true", "partition-by = [a]"}}) {
      error(pair[0] + ", " + pair[1]);
      assertThat(firstLines()).as(pair[0] + pair[1]).anyMatch(line -> line.contains("SB-1050")
          && line.contains("\"" + pair[0].split(" ")[0] + "\"") && line.contains("\"" + pair[1].split(" ")[0] + "\""));
    }
  }

  @Test
  void missingPartsAreReported() {
    assertThat(error("from = v, by = [a]"))
        .startsWith("job.conf:4:17  error SB-1051: \"by\" needs the key \"aggregate\"\n");
    assertThat(error("from = v, semi-join = w"))
        .startsWith("job.conf:4:17  error SB-1051: \"semi-join\" needs the key \"on\"\n");
    assertThat(error("union = [v]")).startsWith("job.conf:4:15  error SB-1051: union needs at least two relations\n");
    assertThat(error("filter = \"a\"")).startsWith("job.conf:4:3  error SB-1051: step \"s\" reads nothing\n");
    assertThat(error("by = [a], aggregate = [\"count(*)\"]"))
        .startsWith("job.conf:4:3  error SB-1022: a step needs the key \"from\"\n");
    assertThat(error("")).startsWith("job.conf:4:3  error SB-1051: step \"s\" reads nothing\n");
  }

  @Test
  void partsWithoutMeaningAreReported() {
    assertThat(error("from = v, partitions = 3"))
        .contains("job.conf:4:17  error SB-1025: \"partitions\" means nothing here: ");
    assertThat(error("from = v, on = [a]"))
        .contains("job.conf:4:17  error SB-1025: \"on\" means nothing here: it belongs to a join\n");
    assertThat(error("from = v, union = [v, w]"))
        .contains("job.conf:4:7  error SB-1025: \"from\" means nothing here: union names what it reads\n");
    assertThat(error("from = v, sql = \"select 1\", filter = \"a\", select = [a]")).contains(
        "job.conf:4:7  error SB-1025: \"from\" means nothing here: the query names what it reads\n",
        "error SB-1025: \"filter\" means nothing here: a query says this itself\n",
        "error SB-1025: \"select\" means nothing here: a query says this itself\n");
    assertThat(error("from = v, order-by = [a], partitions = 2")).contains("SB-1025");
  }

  @Test
  void wrongTypesAreReported() {
    assertThat(error("from = [v], select = a, filter = {}, limit = -1, offset = x, order-by = []")).isNotEmpty();
    assertThat(firstLines()).containsExactly(
        "job.conf:4:14  error SB-1021: steps.s.from: expected the name of an input or step, found a list [ ... ]",
        "job.conf:4:28  error SB-1021: steps.s.select: expected a list, found \"a\"",
        "job.conf:4:40  error SB-1021: steps.s.filter: expected a text, found an object { ... }",
        "job.conf:4:52  error SB-1024: steps.s.limit: expected a whole number from 0 up, found \"-1\"",
        "job.conf:4:65  error SB-1024: steps.s.offset: expected a whole number from 0 up, found \"x\"",
        "job.conf:4:79  error SB-1024: steps.s.order-by is an empty list");
    assertThat(error("from = v, by = [a], aggregate = [\"\", [x]], partitions = 5000")).isNotEmpty();
    assertThat(firstLines()).containsExactly(
        "job.conf:4:40  error SB-1024: steps.s.aggregate[0] is empty",
        "job.conf:4:44  error SB-1021: steps.s.aggregate[1]: expected a text, found a list [ ... ]",
        "job.conf:4:63  error SB-1024: steps.s.partitions: expected a whole number from 1 to 4096, found \"5000\"");
  }

  @Test
  void unknownKeysAreReportedWithTheNearestName() {
    assertThat(error("from = v, lefft-join = w, on = [a]")).contains(
        """
            job.conf:4:17  error SB-1020: "lefft-join" is no key of a step
                4 |   s { from = v, lefft-join = w, on = [a] }
                  |                 ^^^^^^^^^^ did you mean "left-join"?  keys: from, filter, select, partitions, state, by, aggregate, join,""");
  }

  @Test
  void unknownRelationsAreReportedWithTheNearestName() {
    folder.job(
        """
            job = test
            inputs { views { uri = "v.csv" }, members { uri = "m.csv" } }
            steps { human { from = view }, joined { from = humam, join = membrs, on = [a] }, u { union = [views, nothing] } }
            outputs { o { from = joind, uri = "-" } }
            """);
    assertThat(folder.errors().lines().map(line -> line.replaceFirst("^ +\\| +\\^+ ", "> "))
        .filter(line -> !line.startsWith("   "))).containsExactly(
            "job.conf:3:24  error SB-1052: \"view\" is no input and no step of this job", "> did you mean \"views\"?",
            "job.conf:3:48  error SB-1052: \"humam\" is no input and no step of this job", "> did you mean \"human\"?",
            "job.conf:3:62  error SB-1052: \"membrs\" is no input and no step of this job",
            "> did you mean \"members\"?",
            "job.conf:3:102  error SB-1052: \"nothing\" is no input and no step of this job",
            "> inputs and steps: human, joined, members, u, views",
            "job.conf:4:22  error SB-1052: \"joind\" is no input and no step of this job",
            "> did you mean \"joined\"?");
  }

  @Test
  void anInputAndAStepOfOneNameAreAnError() {
    folder.job(
        "job = test\ninputs { v { uri = \"v.csv\" } }\nsteps { v { from = v } }\noutputs { o { from = v, uri = \"-\" } }\n");
    assertThat(folder.errors()).contains("""
        job.conf:3:9  error SB-1054: "v" is the name of an input and of a step
            3 | steps { v { from = v } }
              |         ^ give the step another name""");
  }

  @Test
  void namesAreChecked() {
    folder.job(
        "job = test\ninputs { \"v w\" { uri = \"v.csv\" } }\nsteps { 1s { from = \"v w\" } }\noutputs { \"é\" { from = 1s, uri = \"-\" } }\n");
    assertThat(firstLines()).containsExactly(
        "job.conf:2:10  error SB-1026: \"v w\" cannot be a name here",
        "job.conf:3:9  error SB-1026: \"1s\" cannot be a name here",
        "job.conf:4:11  error SB-1026: \"é\" cannot be a name here");
  }

  private JobSpec graph() {
    return folder.job("""
        job = test
        inputs { v { uri = "v.csv" }, unread { uri = "u.csv" } }
        steps {
          d { from = c }
          c { from = b, join = a, on = [x] }
          b { sql = "select * from a" }
          a { from = v }
          lost { from = a }
          checked { from = a }
        }
        outputs { o { from = d, uri = "-" } }
        checks { k { on = checked, rows = "> 0" } }
        """).load();
  }

  @Test
  void stepsComeBehindWhatTheyRead() {
    assertThat(graph().inOrder(Map.of("b", Set.of("a", "no-such-name")))).extracting(StepSpec::name)
        .containsExactly("a", "b", "lost", "checked", "c", "d");
  }

  @Test
  void whatLeadsToNoOutputIsAWarning() {
    assertThat(folder.render(graph().unused(Map.of("b", Set.of("a"))))).isEqualTo("""
        job.conf:8:3  warning SB-1055: step "lost" leads to no output
           remove it, or write it out
        job.conf:2:31  warning SB-1055: input "unread" leads to no output
           remove it, or write it out""");
    assertThat(graph().unused(Map.of("b", Set.of("a", "unread", "lost")))).isEmpty();
  }

  @Test
  void circlesOfStepsAreNamed() {
    folder.job(
        """
            job = test
            inputs { v { uri = "v.csv" } }
            steps { z { from = a }, a { from = b }, b { union = [c, v] }, c { from = a, join = v, on = [x] }, self { union = [self, v] } }
            outputs { o { from = a, uri = "-" } }
            """);
    assertThat(folder.errors()).isEqualTo("""
        job.conf:3:25  error SB-1053: steps read each other in a circle: a <- b <- c <- a
           a step reads inputs and other steps, never its own result""");
    folder.job(JobFolder.jobWithStep("from = s"));
    assertThat(folder.errors()).startsWith("job.conf:4:3  error SB-1053: step \"s\" reads itself\n");
  }

  @Test
  void circlesThroughSqlAreFoundWhenItsReferencesAreKnown() {
    assertThatThrownBy(() -> graph().inOrder(Map.of("b", Set.of("d")))).isInstanceOf(UserException.class)
        .hasMessageContaining("steps read each other in a circle: b <- d <- c <- b");
  }

  @Test
  void aLimitWithoutOrderIsAWarning() {
    folder.job(JobFolder.jobWithStep("from = v, limit = 5"));
    assertThat(folder.warnings()).isEqualTo("""
        job.conf:4:3  warning SB-1057: step "s" has a limit or offset but no order: any of the rows may be kept
           add order-by to always keep the same ones""");
  }

  @Test
  void placesInQueriesOfSeveralLinesAreFound() {
    folder.job(JobFolder.jobWithStep("sql = \"\"\"select a,\n    b\n  from v\"\"\""));
    SqlText query = ((Verb.Sql) folder.load().steps().get("s").verb()).query();
    assertThat(query.place().toString()).endsWith("job.conf:4:16");
    assertThat(query.placeAt(2, 5).toString()).endsWith("job.conf:5:5");
    assertThat(query.placeAt(3, 8).toString()).endsWith("job.conf:6:8");
    int b = query.text().indexOf('b');
    assertThat(folder.render(List.of(query.error("SB-2011", b, b + 1, "no column b", "did you mean a?")))).isEqualTo("""
        job.conf:5:5  error SB-2011: no column b
            5 |     b
              |     ^ did you mean a?""");
  }

  @Test
  void placesBehindEscapesAreFound() {
    folder.job(JobFolder.jobWithStep("from = v, filter = \"a = \\\"b\\\" and \\u0063 = 1\""));
    SqlText filter = folder.load().steps().get("s").filter().orElseThrow();
    assertThat(filter.text()).isEqualTo("a = \"b\" and c = 1");
    String line = "  s { from = v, filter = \"a = \\\"b\\\" and \\u0063 = 1\"";
    assertThat(filter.placeAt(filter.text().indexOf("b")).column()).isEqualTo(line.indexOf("b\\\"") + 1);
    assertThat(filter.placeAt(filter.text().indexOf("c")).column()).isEqualTo(line.indexOf("\\u0063") + 1);
    assertThat(filter.placeAt(filter.text().indexOf("1")).column()).isEqualTo(line.indexOf("1\"") + 1);
  }

  @Test
  void placesInSubstitutedTextAreWhereItIsWritten() {
    folder.job(JobFolder.jobWithStep("from = v, filter = ${params.condition.default}")
        + "params { condition { type = string, default = \"a > b\" } }\n");
    SqlText filter = folder.load().steps().get("s").filter().orElseThrow();
    assertThat(filter.placeAt(4).toString()).endsWith("job.conf:7:52");
  }

  @Test
  void aStepWithStateMaySayWhereItKeepsIt() {
    for (String step : List.of("from = v, by = [a], aggregate = [\"count(*) as n\"]", "from = v, join = w, on = [a]",
        "from = v, distinct = true", "from = v, order-by = [a]", "sql = \"select * from v\"")) {
      folder.job(JobFolder.jobWithStep(step + ", state = rocksdb"));
      assertThat(folder.load().steps().get("s").state()).as(step).hasValue(StateKind.ROCKSDB);
    }
    folder.job(JobFolder.jobWithStep("from = v, filter = \"a > 1\", state = memory"));
    assertThat(folder.errors()).contains("SB-1025: \"state\" means nothing here: it belongs to aggregate, joins, "
        + "distinct, order-by and sql, which hold rows");
  }
}
