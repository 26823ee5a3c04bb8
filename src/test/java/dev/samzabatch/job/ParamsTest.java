package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParamsTest {

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  /** What becomes of a text of SQL in a job with these params. */
  private String sql(String params, String text) {
    return sql(params, text, Map.of());
  }

  private String sql(String params, String text, Map<String, String> given) {
    folder.job(JobFolder.jobWithStep("from = v, filter = \"\"\"" + text + "\"\"\"") + "params { " + params + " }\n");
    return folder.with(Overrides.NONE.withParams(given)).load().steps().get("s").filter().orElseThrow().text();
  }

  /** What becomes of a uri in a job with these params. */
  private String uri(String params, String text) {
    folder.job("job = test\nparams { " + params + " }\ninputs { v { uri = \"" + text + "\", format = csv } }\n"
        + "outputs { o { from = v, uri = \"-\" } }\n");
    return folder.load().inputs().get("v").locations().get(0).written();
  }

  private String param(String type, String value) {
    return uri("p { type = " + type + ", default = " + value + " }", "{p}");
  }

  @Test
  void everyTypeHasItsText() {
    assertThat(param("string", "\"a b\"")).isEqualTo("a b");
    assertThat(param("int", "007")).isEqualTo("7");
    assertThat(param("long", "-9223372036854775808")).isEqualTo("-9223372036854775808");
    assertThat(param("double", "1.50")).isEqualTo("1.5");
    assertThat(param("boolean", "true")).isEqualTo("true");
    assertThat(param("date", "2024-02-29")).isEqualTo("2024-02-29");
    assertThat(uri("p { type = timestamp, default = \"2024-02-29 01:02:03\" }", "x/{p}"))
        .isEqualTo("x/2024-02-29T01:02:03");
    assertThat(uri("p { type = timestamp, default = \"2024-02-29T01:02:03.5\" }", "x/{p}"))
        .isEqualTo("x/2024-02-29T01:02:03.500000");
    assertThat(uri("p { type = timestamp, default = 2024-02-29 }", "x/{p}")).isEqualTo("x/2024-02-29T00:00:00");
  }

  @Test
  void datesMayBeRelativeToTheDayOfTheRun() {
    assertThat(param("date", "today")).isEqualTo("2026-11-22");
    assertThat(param("date", "yesterday")).isEqualTo("2026-11-21");
    assertThat(param("date", "tomorrow")).isEqualTo("2026-11-23");
    assertThat(param("date", "today - 3 days")).isEqualTo("2026-11-19");
    assertThat(param("date", "today-1day")).isEqualTo("2026-11-21");
    assertThat(param("date", "\"yesterday + 2 weeks\"")).isEqualTo("2026-12-05");
    assertThat(param("date", "today - 9 months")).isEqualTo("2026-02-22");
    assertThat(param("date", "today - 1 year")).isEqualTo("2025-11-22");
  }

  @Test
  void valuesThatAreNotOfTheirTypeAreReported() {
    for (String[] wrong : new String[][] {{"int", "2147483648"}, {"int", "1.0"}, {"int", "x"},
        {"long", "9223372036854775808"},
        {"double", "NaN"}, {"double", "1d"}, {"double", "1e999"}, {"boolean", "yes"}, {"boolean", "\"TRUE\""},
        {"date", "2026-02-29"},
        {"date", "3 days ago"}, {"date", "today - 3 hours"}, {"timestamp", "\"2026-02-28T01:02:03Z\""},
        {"timestamp", "now"}}) {
      folder.job(JobFolder.jobWith("params { p { type = " + wrong[0] + ", default = " + wrong[1] + " } }"));
      assertThat(folder.errors()).as(wrong[0] + " " + wrong[1]).startsWith("job.conf:4:")
          .contains("error SB-1032: params.p.default: expected ")
          .contains("found \"" + wrong[1].replace("\"", "") + "\"");
    }
    folder.job(JobFolder.jobWith("params { day { type = date } }"))
        .with(Overrides.NONE.withParams(Map.of("day", "2026-13-01")));
    assertThat(folder.errors()).isEqualTo(
        "--param day  error SB-1032: expected a date like 2026-11-22, today, yesterday or today - 3 days, found \"2026-13-01\"");
  }

  @Test
  void aGivenValueWinsOverTheDefault() {
    assertThat(sql("n { type = int, default = 1 }", "x > {n}", Map.of("n", "5"))).isEqualTo("x > 5");
    assertThat(folder.load().params().get("n").isGiven()).isTrue();
    assertThat(sql("n { type = int, default = 1 }", "x > {n}")).isEqualTo("x > 1");
    assertThat(folder.load().params().get("n").isGiven()).isFalse();
  }

  @Test
  void aParamWithoutValueIsReportedOnceAndNotWhereItIsUsed() {
    folder.job(JobFolder.jobWithStep("from = v, filter = \"x > {n} and y < {n}\"") + "params { n { type = int } }\n");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:7:10  error SB-1031: param "n" has no value
            7 | params { n { type = int } }
              |          ^ give it one: --param n=... (a whole number from -2147483648 to 2147483647)""");
  }

  @Test
  void aGivenParamThatIsNotDeclaredIsReportedWithTheNearestName() {
    folder.job(JobFolder.jobWith("params { day { type = date, default = today } }"))
        .with(Overrides.NONE.withParams(Map.of("dya", "x", "zzzz", "y")));
    assertThat(folder.errors()).isEqualTo("""
        --param dya  error SB-1030: the job has no param "dya"
           did you mean "day"?
        --param zzzz  error SB-1030: the job has no param "zzzz"
           params: day""");
    folder.job(JobFolder.jobWith(""));
    assertThat(folder.errors()).contains("the job has no params");
  }

  @Test
  void declarationsAreChecked() {
    folder.job(JobFolder.jobWith(
        "params { run { type = string }, \"a b\" { type = int }, c { default = 1 }, d { type = text, default = 1 }, e = 5, f { type = int, defualt = 1 } }"));
    assertThat(folder.errors().lines().filter(line -> line.startsWith("job.conf"))).containsExactly(
        "job.conf:4:10  error SB-1026: \"run\" cannot be the name of a param",
        "job.conf:4:33  error SB-1026: \"a b\" cannot be the name of a param",
        "job.conf:4:55  error SB-1022: a param needs the key \"type\"",
        "job.conf:4:85  error SB-1023: params.d.type: expected string, int, long, double, boolean, date or timestamp, found \"text\"",
        "job.conf:4:110  error SB-1021: params.e: expected an object { ... }, found \"5\"",
        "job.conf:4:113  error SB-1031: param \"f\" has no value",
        "job.conf:4:129  error SB-1020: \"defualt\" is no key of a param");
  }

  @Test
  void placeholdersStandForParamsAndTheRun() {
    assertThat(
        uri("day { type = date, default = today }", "{job}/{day}/{day:yyyy/MM/dd}/{run.id}/{run.start:yyyyMMdd-HHmm}"))
        .isEqualTo("test/2026-11-22/2026/11/22/20261122-153000-0000abcd/20261122-1530");
  }

  @Test
  void twoBracesAreOne() {
    assertThat(uri("a { type = int, default = 1 }", "*.{{csv,tsv}}/{a}/{{a}}/{{{a}}}"))
        .isEqualTo("*.{csv,tsv}/1/{a}/{1}");
  }

  @Test
  void placeholdersThatCannotBeFilledAreReported() {
    folder.job("job = test\nparams { min_views { type = int, default = 1 }, day { type = date, default = today } }\n"
        + "inputs { v { uri = \"{min_view}/{a b}/{/x}/}{day:HH}/{min_views:yy}/{day:bbbb}.csv\" } }\n"
        + "outputs { o { from = v, uri = \"x/{.csv\" } }\n");
    assertThat(folder.errors().lines().filter(line -> !line.startsWith("    3"))).containsExactly(
        """
            job.conf:3:21  error SB-1033: {min_view} is no param of this job
                  |                     ^^^^^^^^^^ did you mean "min_views"?  known: day, job, min_views, run.id, run.start
            job.conf:3:32  error SB-1034: this is no placeholder
                  |                                ^^^^^ a placeholder is {name}; a real brace is written twice: {{ and }}
            job.conf:3:38  error SB-1034: this is no placeholder
                  |                                      ^^^^ a placeholder is {name}; a real brace is written twice: {{ and }}
            job.conf:3:43  error SB-1034: this "}" ends no placeholder
                  |                                           ^ a real brace is written twice: }}
            job.conf:3:44  error SB-1035: {day} cannot be written as "HH": Unsupported field: HourOfDay
                  |                                            ^^^^^^^^ patterns are those of java.time: {day:yyyy/MM/dd}
            job.conf:3:53  error SB-1035: {min_views} cannot be written as "yy"
                  |                                                     ^^^^^^^^^^^^^^ its type is int; only dates and timestamps take a pattern
            job.conf:3:68  error SB-1035: {day} cannot be written as "bbbb": Unknown pattern letter: b
                  |                                                                    ^^^^^^^^^^ patterns are those of java.time: {day:yyyy/MM/dd}
            job.conf:4:34  error SB-1034: this is no placeholder
                4 | outputs { o { from = v, uri = "x/{.csv" } }
                  |                                  ^ a placeholder is {name}; a real brace is written twice: {{ and }}"""
            .split("\n"));
  }

  @Test
  void inSqlAPlaceholderIsALiteralOfItsType() {
    String params =
        "s { type = string, default = \"it's\" }, i { type = int, default = -5 }, l { type = long, default = 6 }, "
            + "x { type = double, default = 1.5 }, y { type = double, default = \"-1e300\" }, b { type = boolean, default = true }, d { type = date, default = 2026-01-02 }, "
            + "t { type = timestamp, default = \"2026-01-02T03:04:05\" }";
    assertThat(sql(params, "{s} {i} {l} {x} {y} {b} {d} {t} {d:yyyy}"))
        .isEqualTo("'it''s' (-5) 6 1.5E0 (-1.0E300) true DATE '2026-01-02' TIMESTAMP '2026-01-02 03:04:05' '2026'");
  }

  @Test
  void insideQuotesOfSqlAPlaceholderIsTextThatCannotEndThem() {
    String params = "s { type = string, default = \"a'b\\\"c`d\" }, d { type = date, default = 2026-01-02 }";
    assertThat(sql(params, "x like '%{s}%' and y = 'it''s {d}' and {s} = \"n{s}\" + `m{s}`"))
        .isEqualTo("x like '%a''b\"c`d%' and y = 'it''s 2026-01-02' and 'a''b\"c`d' = \"na'b\"\"c`d\" + `ma'b\"c``d`");
  }

  @Test
  void commentsInSqlStayAsTheyAre() {
    assertThat(sql("n { type = int, default = 1 }", "x -- not {this}\n = {n} /* nor {that} ' */ + {n}"))
        .isEqualTo("x -- not {this}\n = 1 /* nor {that} ' */ + 1");
  }

  @Test
  void aPlaceholderThatIsAWholeColumnNamesItAndOthersAreLiterals() {
    folder
        .job(JobFolder.jobWithStep("from = v, by = [\"{c}\", \"left(x, {n})\", y], aggregate = [\"count(*) as {{n}}\"]")
            + "params { c { type = string, default = country }, n { type = int, default = -1 } }\n");
    assertThat(folder.load().steps().get("s").verb()).isEqualTo(new Verb.Aggregate(
        List.of(SqlText.of("country"), SqlText.of("left(x, (-1))"), SqlText.of("y")),
        List.of(SqlText.of("count(*) as {n}"))));
  }

  @Test
  void placesInFilledTextAreThoseOfTheTemplate() {
    String text = sql("n { type = string, default = \"a long text\" }", "x = {n} and y");
    SqlText filter = folder.load().steps().get("s").filter().orElseThrow();
    assertThat(text).isEqualTo("x = 'a long text' and y");
    String line = "  s { from = v, filter = \"\"\"x = {n} and y\"\"\"";
    assertThat(filter.placeAt(0).column()).isEqualTo(line.indexOf("x =") + 1);
    assertThat(filter.placeAt(text.indexOf("long")).column()).isEqualTo(line.indexOf("{n}") + 1);
    assertThat(filter.placeAt(text.indexOf("y")).column()).isEqualTo(line.indexOf("y\"") + 1);
    assertThat(filter.placeAt(1, text.length() + 1).column()).isEqualTo(line.indexOf("y\"") + 2);
  }
}
