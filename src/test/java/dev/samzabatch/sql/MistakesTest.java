package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about SQL that is wrong, and where. */
class MistakesTest {

  private static final String VIEWS =
      "columns: country, dwell, geo, id, member_id, page, price, props, score, seen, tags, ts";

  @TempDir
  Path folder;
  private SqlJobs jobs;

  @BeforeEach
  void open() {
    jobs = new SqlJobs(folder);
  }

  @Test
  void everyUnknownNameOfAVerbIsToldAtOnceWithItsOwnPlace() {
    assertThat(jobs.errors("out { from = views, filter = \"dwel > 3 and cuntry = 'US'\",\n"
        + "  select = [memberid, \"uper(page) as p\", id] }")).isEqualTo("""
            1:31 SB-2003 step "out": no column dwel in views | did you mean "dwell"? | %1$s
            1:44 SB-2003 step "out": no column cuntry in views | did you mean "country"? | %1$s
            2:13 SB-2003 step "out": no column memberid in views | did you mean "member_id"? | %1$s
            2:24 SB-2007 step "out": there is no function uper | did you mean "upper"?""".formatted(VIEWS));
  }

  @Test
  void everyUnknownNameOfAQueryIsToldAtOnce() {
    assertThat(jobs.queryErrors("select v.nope,\n  nix(page) as x from views v\nwhere neither = 1")).isEqualTo(
        """
            10 SB-2003 step "out": no column nope in v | %1$s
            3:3 SB-2007 step "out": there is no function nix | functions: abs, avg, cardinality, cast, ceil, char_length, character_length, coalesce, count, dayofmonth, dayofweek, dayofyear, extract, floor, hour, length, lower, max, min, minute, mod, month, nullif, position, quarter, replace, round, second, substring, sum, timestamp_millis, timestampadd, timestampdiff, trim, unix_millis, upper, week, window_start, year
            4:7 SB-2003 step "out": no column neither in views | %1$s"""
            .formatted(VIEWS));
  }

  @Test
  void stepsThatReadAWrongOneAreNotLookedAt() {
    assertThat(jobs.errors("a { from = views, select = [nope] }\nb { from = a, select = [nope2] }\n"
        + "c { sql = \"select nope3 from b\" }\nd { from = views, select = [nope4] }\nout { from = c }"))
        .contains("column nope in", "column nope4 in").doesNotContain("nope2", "nope3");
  }

  @Test
  void otherMistakesOfAStepWithABrokenTextAreToldToo() {
    assertThat(jobs.errors("out { from = views, filter = \"dwell >\", select = [nope] }")).isEqualTo("""
        1:37 SB-2001 the SQL ends too early |\s
        1:51 SB-2003 step "out": no column nope in views | %s""".formatted(VIEWS));
  }

  @Test
  void functionsOfOtherDialectsAreTranslated() {
    assertThat(jobs.queryErrors("select concat(page, page) as x from views"))
        .isEqualTo("8 SB-2007 step \"out\": there is no function concat | write a || b");
    assertThat(jobs.queryErrors("select try_cast(page as int) as x from views"))
        .isEqualTo("8 SB-2007 step \"out\": there is no function try_cast | write cast(a as long)");
    assertThat(jobs.queryErrors("select date_trunc('hour', ts) as x from views"))
        .isEqualTo("8 SB-2007 step \"out\": there is no function date_trunc | write floor(time to hour)");
  }

  @Test
  void joinsOfEveryPairAreAWarning() {
    assertThat(jobs.compile("steps { out { sql = \"select v.id from views v join members m on v.seen > m.joined\" } }")
        .warnings()).extracting(problem -> problem.code()).contains("SB-2016");
    assertThat(
        jobs.compile("steps { out { sql = \"select id from views where dwell > (select avg(dwell) from views)\" } }")
            .warnings())
        .extracting(problem -> problem.code()).doesNotContain("SB-2016");
  }

  @Test
  void unknownTables() {
    assertThat(jobs.queryErrors("select name from membrs")).isEqualTo(
        "18 SB-2004 step \"out\": no input and no step is named membrs | did you mean \"members\"? "
            + "| inputs and steps: views, members, deep, days");
  }

  @Test
  void ambiguousColumns() {
    assertThat(jobs.queryErrors("select member_id from views v join members m on v.id = m.member_id")).isEqualTo(
        "8 SB-2005 step \"out\": column member_id is in more than one of the tables "
            + "| write the table before it: members.member_id");
  }

  @Test
  void columnsOfTheSameName() {
    assertThat(jobs.queryErrors("select page as a, id as a from views"))
        .isEqualTo("1 SB-2006 step \"out\": two columns are named a | name one of them otherwise: a as other_a");
    assertThat(jobs.queryErrors("select * from views v join members m on v.member_id = m.member_id"))
        .isEqualTo("1 SB-2006 step \"out\": two columns are named member_id "
            + "| name one of them otherwise: member_id as other_member_id");
  }

  @Test
  void columnsWithoutAName() {
    assertThat(jobs.queryErrors("select page, count(*) from views group by page"))
        .isEqualTo("1 SB-2011 step \"out\": column 2 has no name | write a name behind it: ... as total");
  }

  @Test
  void typesThatDoNotFit() {
    assertThat(jobs.queryErrors("select upper(dwell) as x from views")).startsWith(
        "8 SB-2008 step \"out\": types do not fit: UPPER(int) | cast one side");
    assertThat(jobs.queryErrors("select id from views where page = 5")).startsWith(
        "28 SB-2008 step \"out\": types do not fit: string = int | cast one side");
    assertThat(jobs.queryErrors("select page || 1 as x from views")).startsWith(
        "8 SB-2008 step \"out\": types do not fit: string || int");
    assertThat(jobs.queryErrors("select page + 1 as x from views")).startsWith(
        "8 SB-2008 step \"out\": types do not fit: string + int");
    assertThat(jobs.queryErrors("select sum(page) as x from views")).startsWith(
        "8 SB-2008 step \"out\": types do not fit: SUM(string)");
    assertThat(jobs.queryErrors("select case when dwell > 1 then 'a' else 2 end as x from views")).startsWith(
        "8 SB-2008 step \"out\": the values of CASE or COALESCE have different types | cast them to one type");
    assertThat(jobs.queryErrors("select cast(dwell as strng) as x from views")).startsWith(
        "22 SB-2008 step \"out\": there is no type \"strng\" | types are boolean, int, long");
    assertThat(jobs.queryErrors("select cast(dwell as date) as x from views"))
        .startsWith("8 SB-2008 step \"out\": an int cannot be cast to date");
    assertThat(jobs.queryErrors("select cast(props as string) as x from views"))
        .startsWith("8 SB-2008 step \"out\": a map of string to long cannot be cast to string");
    assertThat(jobs.queryErrors("select coalesce(dwell, 'x') as x from views")).isEqualTo(
        "8 SB-2008 step \"out\": the values of COALESCE have different types: int, string | cast them to one type");
    assertThat(jobs.queryErrors("select coalesce(dwell, true) as x from views"))
        .startsWith("8 SB-2008 step \"out\": the values of CASE or COALESCE have different types");
    assertThat(jobs.queryErrors("select dwell as x from views union all select page as x from views"))
        .startsWith("8 SB-2015 step \"out\": column 1 has different types in the parts of the union");
    assertThat(jobs.queryErrors("select upper(page, 3) as x from views")).startsWith(
        "8 SB-2008 step \"out\": upper takes 1 argument");
    assertThat(jobs.queryErrors("select id from views where dwell"))
        .startsWith("28 SB-2008 step \"out\": a condition must be true or false");
    assertThat(jobs.errors("out { from = views, filter = page }"))
        .startsWith("1:30 SB-2008 step \"out\": a condition must be true or false");
    assertThat(jobs.queryErrors("select id from views where seen in ('2020-01-01', 3)")).contains("SB-2008");
  }

  @Test
  void groupingMistakes() {
    assertThat(jobs.queryErrors("select page, sum(dwell) as s from views")).startsWith(
        "8 SB-2009 step \"out\": page is neither grouped by nor in an aggregate function");
    assertThat(jobs.errors("out { from = views, by = [country], aggregate = [\"dwell as x\"] }")).startsWith(
        "1:51 SB-2009 step \"out\": dwell is neither grouped by nor in an aggregate function");
    assertThat(jobs.queryErrors("select id from views where sum(dwell) > 3")).startsWith(
        "28 SB-2009 step \"out\": an aggregate function is not possible here");
    assertThat(jobs.queryErrors("select max(count(*)) as c from views")).startsWith(
        "8 SB-2009 step \"out\": an aggregate function stands inside another");
  }

  @Test
  void brokenSyntax() {
    assertThat(jobs.queryErrors("select id from views where")).startsWith("26 SB-2001 the SQL ends too early");
    assertThat(jobs.queryErrors("select page d from views where dwell group country"))
        .isEqualTo("44 SB-2001 unexpected \"country\" | expected by");
    assertThat(jobs.errors("out { from = views, filter = \"dwell > 3; drop table x\" }"))
        .startsWith("1:40 SB-2001 unexpected \";\"");
    assertThat(jobs.queryErrors("select `page` from views"))
        .isEqualTo("8 SB-2001 unexpected ` | quote names with double quotes: \"page views\"");
    assertThat(jobs.queryErrors("select page # 2 as x from views")).isEqualTo("13 SB-2001 unexpected # | ");
    assertThat(jobs.queryErrors("select 'open as x from views")).startsWith("8 SB-2001 unexpected");
    assertThat(jobs.errors("out { from = views, filter = \"dwell > 3 as x\" }"))
        .startsWith("1:31 SB-2002 expected one expression, found: dwell > 3 as x");
    assertThat(jobs.errors("out { from = views, select = [\"id from views\"] }"))
        .startsWith("1:32 SB-2002 expected a column or an expression, found: id from views");
    assertThat(jobs.errors("out { from = views, order-by = [\"id limit 3\"] }"))
        .startsWith("1:34 SB-2002 expected something to order by, found: id limit 3");
  }

  @Test
  void structuralWordsNeedQuotesAndTheMessageSaysSo() {
    assertThat(jobs.errors("out { from = days, filter = \"order = 'x'\" }"))
        .isEqualTo("1:30 SB-2001 unexpected \"order\" | \"order\" is a word of SQL: in double quotes it is a column");
    assertThat(jobs.graph("out { from = days, filter = \"\"\"\"order\" = 'x'\"\"\", select = [order] }"))
        .contains("Scan days [order] where equal(order, 'x')");
  }

  @Test
  void joinKeys() {
    assertThat(jobs.errors("out { from = views, join = members, on = [memberid] }")).isEqualTo(
        """
            1:43 SB-2003 step "out": no column memberid in views | did you mean "member_id"? | columns: id, member_id, page, country, ts, seen, dwell, price, score, geo, tags, props
            1:43 SB-2003 step "out": no column memberid in members | did you mean "member_id"? | columns: member_id, name, tier, joined""");
    assertThat(jobs.errors("out { from = views, join = members, on = [\"page = member_id\"] }"))
        .startsWith("1:44 SB-2008 step \"out\": types do not fit: string = long");
    assertThat(jobs.errors("a { from = views, select = [member_id, \"page as name\"] }\n"
        + "out { from = a, join = members, on = [member_id] }"))
        .isEqualTo("2:39 SB-2006 step \"out\": both a and members have a column name "
            + "| rename one in a step before: select = [..., \"name as other_name\"], or join in an sql step");
  }

  @Test
  void unions() {
    assertThat(jobs.errors("out { union = [views, members] }"))
        .startsWith("1:23 SB-2015 step \"out\": views has 12 columns, members has 4");
    assertThat(jobs.errors("a { from = members, select = [name, tier] }\nb { from = members, select = [tier, name] }\n"
        + "out { union = [a, b] }"))
        .isEqualTo("3:19 SB-2015 step \"out\": b has the columns of a in another order, and a union "
            + "goes by position | bring them in order in a step before: select = [name, tier]");
    assertThat(jobs.errors("a { from = members, select = [\"member_id as x\"] }\n"
        + "b { from = members, select = [\"name as x\"] }\nout { union = [a, b] }")).isEqualTo(
            "3:19 SB-2015 step \"out\": column x is long in a and string in b | cast one in a step before");
  }

  @Test
  void checks() {
    String message = jobs.errors("out { from = views } }\nchecks { a { on = out, unique = [nope] }, "
        + "b { on = out, true-for = \"dwell\", at-least = 50% }, c { on = out, true-for = \"dwel > 1\", at-least = 50% }");
    assertThat(message).contains("2:34 SB-2003 check \"a\": no column nope in out",
        "SB-2008 check \"b\": a condition is true or false, this is an int",
        "SB-2003 check \"c\": no column dwel in out | did you mean \"dwell\"?");
  }

  @Test
  void mapsHaveNoUniqueKeys() {
    assertThat(jobs.errors("out { from = views } }\nchecks { a { on = out, unique = [props] }"))
        .startsWith("2:34 SB-2013 check \"a\": grouping by a map is not supported | take the entries");
  }

  @Test
  void partitionKeys() {
    assertThat(jobs.errors("out { from = views, partition-by = [contry] }"))
        .startsWith("1:37 SB-2003 step \"out\": no column contry in views | did you mean \"country\"?");
  }

  @Test
  void circlesThroughSqlAreFound() {
    assertThat(jobs.errors("a { sql = \"select * from b\" }\nb { from = a }\nout { from = b }"))
        .contains("SB-1053 steps read each other in a circle");
  }

  @Test
  void constantsThatAreNotWhatTheyAreComparedWith() {
    assertThat(jobs.queryErrors("select id from views\nwhere ts > 'abc'"))
        .startsWith("3:12 SB-2008 step \"out\": 'abc' is no timestamp | dates are written");
    assertThat(jobs.errors("out { from = views, filter = \"dwell > 1\", select = [\"cast('x1' as int) as x\"] }"))
        .isEqualTo("1:59 SB-2008 step \"out\": 'x1' is no int "
            + "| whole numbers from -2147483648 to 2147483647 are ints");
    assertThat(jobs.queryErrors("select cast(1e300 as float) as x from views"))
        .startsWith("1 SB-2008 step \"out\": 1.0E300 is no float | numbers are written 12, 1.5 or 1e3");
    assertThat(jobs.queryErrors("select cast('no number' as decimal(5,1)) as x from views"))
        .startsWith("13 SB-2008 step \"out\": 'no number' is no decimal(5,1) | numbers are written");
  }

  @Test
  void numbersThatDoNotFit() {
    assertThat(jobs.queryErrors("select 9999999999999999999999999999999999999999 as c from views"))
        .contains("out of range");
    assertThat(jobs.queryErrors("select date 'xx' as c from views")).contains("Illegal date literal 'xx'");
  }

  @Test
  void noMessageSpeaksOfCalcite() {
    for (String query : new String[] {"select", "select * from views where ts > 3", "select a.b.c as x from views",
        "select cast(page as row(a int)) as x from views", "select ts + 1 as x from views",
        "select (1, 2) as x from views",
        "select views as x from views", "select distinct page from views order by id",
        "select interval '1' day as x from views",
        "select * from views where id in (select id, page from views)", "select null as x from views order by 7",
        "select page from views union select id, page from views",
        "select '\u0000' as x from views limit 9999999999999999999"}) {
      assertThat(jobs.queryErrors(query)).as(query).doesNotContain("alcite", "RelDataType", "VARCHAR", "Sql", "java",
          "null |");
    }
  }
}
