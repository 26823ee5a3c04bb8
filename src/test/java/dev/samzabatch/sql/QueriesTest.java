package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriesTest {

  @TempDir
  Path folder;
  private SqlJobs jobs;

  @BeforeEach
  void open() {
    jobs = new SqlJobs(folder);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '¦', quoteCharacter = '~', value = {
      "dwell + 1 ¦ add(dwell, 1) ¦ int",
      "dwell + id ¦ add(cast(dwell as long), id) ¦ long",
      "dwell / 2 ¦ divide(dwell, 2) ¦ int",
      "dwell * 1.5 ¦ multiply(cast(dwell as decimal(10,0)), 1.5) ¦ decimal(12,1)",
      "price * price ¦ multiply(price, price) ¦ decimal(20,4)",
      "price + id ¦ add(price, cast(id as decimal(19,0))) ¦ decimal(22,2)",
      "score * dwell ¦ multiply(score, cast(dwell as double)) ¦ double null",
      "mod(id, 60000) ¦ mod(id, 60000) ¦ long",
      "dwell % 7 ¦ mod(dwell, 7) ¦ int",
      "mod(score, 2) ¦ mod(score, 2.0) ¦ double null",
      "score % price ¦ mod(score, cast(price as double)) ¦ double null",
      "mod(1e17, 7) ¦ 5.0 ¦ double",
      "mod(cast(score as float), 2) ¦ mod(cast(score as float), 2.0) ¦ float null",
      "mod(price, 2) ¦ mod(price, 2) ¦ decimal(12,2)",
      "-dwell ¦ negate(dwell) ¦ int",
      "abs(score) ¦ abs(score) ¦ double null",
      "floor(score) ¦ floor(score) ¦ double null",
      "ceil(price) ¦ ceil(price) ¦ decimal(10,0)",
      "round(score, 1) ¦ round(score, 1) ¦ double null",
      "page || '-' || country ¦ concat(concat(page, '-'), country) ¦ string null",
      "upper(page) ¦ upper(page) ¦ string",
      "trim(page) ¦ trim('BOTH', ' ', page) ¦ string",
      "trim(leading 'x' from page) ¦ trim('LEADING', 'x', page) ¦ string",
      "substring(page from 2 for 3) ¦ substring(page, 2, 3) ¦ string",
      "substring(page, dwell) ¦ substring(page, cast(dwell as long)) ¦ string",
      "position('x' in page) ¦ position('x', page) ¦ int",
      "replace(page, 'a', 'b') ¦ replace(page, 'a', 'b') ¦ string",
      "char_length(page) ¦ char_length(page) ¦ int",
      "length(page) ¦ char_length(page) ¦ int",
      "case when dwell > 1 then 'a' else 'bcd' end ¦ case(greater(dwell, 1), 'a', 'bcd') ¦ string",
      "case country when 'US' then 1 end ¦ case(equal(country, 'US'), 1, null) ¦ int null",
      "case when dwell > 1 then dwell else id end ¦ case(greater(dwell, 1), cast(dwell as long), id) ¦ long",
      "coalesce(country, page) ¦ coalesce(country, page) ¦ string",
      "coalesce(score, 0) ¦ coalesce(score, 0.0) ¦ double",
      "nullif(page, 'x') ¦ case(equal(page, 'x'), null, page) ¦ string null",
      "cast(dwell as string) ¦ cast(dwell as string) ¦ string",
      "cast(page as long) ¦ cast(page as long) ¦ long",
      "cast(page as decimal(5,1)) ¦ cast(page as decimal(5,1)) ¦ decimal(5,1)",
      "cast(dwell > 1 as int) ¦ case(greater(dwell, 1), 1, 0) ¦ int",
      "cast(dwell > 1 as decimal(3,1)) ¦ case(greater(dwell, 1), 1.0, 0.0) ¦ decimal(3,1)",
      "cast(dwell > 1 as double) ¦ cast(greater(dwell, 1) as double) ¦ double",
      "cast(1e38 as float) ¦ 1.0E38 ¦ float",
      "cast(page as float) ¦ cast(page as float) ¦ float",
      "cast(seen as timestamp) ¦ cast(seen as timestamp) ¦ timestamp null",
      "geo.lat ¦ field(geo, 0) ¦ double",
      "geo.lon ¦ field(geo, 1) ¦ double null",
      "tags[1] ¦ item(tags, 1) ¦ string null",
      "props['k'] ¦ item(props, 'k') ¦ long null",
      "cardinality(tags) ¦ cardinality(tags) ¦ int",
      "page = country ¦ equal(page, country) ¦ boolean null",
      "page <> 'x' ¦ not_equal(page, 'x') ¦ boolean",
      "page != 'x' ¦ not_equal(page, 'x') ¦ boolean",
      "dwell >= id ¦ greater_or_equal(cast(dwell as long), id) ¦ boolean",
      "dwell < 1.5 ¦ less(cast(dwell as decimal(11,1)), 1.5) ¦ boolean",
      "id = score ¦ equal(cast(id as double), score) ¦ boolean null",
      "seen > '2020-01-01' ¦ greater(seen, 2020-01-01) ¦ boolean null",
      "ts > date '2020-01-01' ¦ greater(ts, 2020-01-01T00:00) ¦ boolean",
      "dwell between 1 and 5 ¦ and(greater_or_equal(dwell, 1), less_or_equal(dwell, 5)) ¦ boolean",
      "page in ('a', 'b') ¦ in(page, 'a', 'b') ¦ boolean",
      "country in ('a', null) ¦ in(country, 'a', null) ¦ boolean null",
      "page like 'a%' ¦ like(page, 'a%') ¦ boolean",
      "page not like 'a!%' escape '!' ¦ not(like(page, 'a!%', '!')) ¦ boolean",
      "country is null ¦ is_null(country) ¦ boolean",
      "country is distinct from page ¦ is_distinct(country, page) ¦ boolean",
      "(score > 1) is not true ¦ is_not_true(greater(score, 1.0)) ¦ boolean",
      "(score > 1) is unknown ¦ is_null(greater(score, 1.0)) ¦ boolean",
      "extract(year from ts) ¦ extract('YEAR', ts) ¦ long",
      "month(seen) ¦ extract('MONTH', seen) ¦ long null",
      "floor(ts to hour) ¦ floor_time(ts, 'HOUR') ¦ timestamp",
      "ceil(seen to month) ¦ ceil_time(seen, 'MONTH') ¦ date null",
      "timestampadd(hour, dwell, ts) ¦ timestamp_add('HOUR', cast(dwell as long), ts) ¦ timestamp",
      "timestampdiff(minute, ts, seen) ¦ timestamp_diff('MINUTE', ts, cast(seen as timestamp)) ¦ long null",
      "ts + interval '1' day ¦ timestamp_add('MILLISECOND', 86400000, ts) ¦ timestamp",
      "ts - interval '2' year ¦ timestamp_add('MONTH', -24, ts) ¦ timestamp",
      "interval '1' hour + ts ¦ timestamp_add('MILLISECOND', 3600000, ts) ¦ timestamp",
      "ts + dwell * interval '1' minute ¦ timestamp_add('MILLISECOND', multiply(60000, cast(dwell as long)), ts) ¦ timestamp",
      "seen + interval '3' day ¦ timestamp_add('DAY', 3, seen) ¦ date null",
      "unix_millis(ts) ¦ unix_millis(ts) ¦ long",
      "timestamp_millis(id) ¦ timestamp_millis(id) ¦ timestamp",
      "1 + 1 ¦ 2 ¦ int",
      "upper('ä') ¦ 'Ä' ¦ string",
      "cast('2024-02-29' as date) ¦ 2024-02-29 ¦ date",
      "time '10:11:12.5' ¦ 10:11:12.500 ¦ time",
      "timestamp '2024-02-29 10:11:12.123456' ¦ 2024-02-29T10:11:12.123456 ¦ timestamp",
      "10000000000 ¦ 10000000000 ¦ long",
      "1.50 ¦ 1.50 ¦ decimal(3,2)",
      "1e3 ¦ 1000.0 ¦ double"})
  void expressionsAreTypedAndEveryConversionIsWrittenOut(String sql, String expression, String type) {
    String query = "select " + sql + " as x, id from views";
    assertThat(jobs.query(query)).contains("Project x = " + expression + ", id\n");
    assertThat(jobs.schema(query)).isEqualTo("x " + type + ", id long");
  }

  @Test
  void aConditionBehindOrIsNeverBeforeWhatGuardsIt() {
    assertThat(jobs.query("select id from views where dwell <= 7 or 10 / (dwell - 7) = 1"))
        .contains("or(less_or_equal(dwell, 7), equal(divide(10, subtract(dwell, 7)), 1))");
    assertThat(
        jobs.query("select id from views where id > 1 or dwell = 3 or 10 / dwell = 1 or dwell = 4 or 10 / dwell = 2"))
        .contains("or(greater(id, 1), in(dwell, 3, 4), in(divide(10, dwell), 1, 2))");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '¦', quoteCharacter = '~', value = {
      "sum(dwell) ¦ long null", "sum(price) ¦ decimal(38,2) null", "sum(score) ¦ double null",
      "avg(dwell) ¦ double null",
      "min(page) ¦ string null", "count(*) ¦ long", "count(score) ¦ long", "count(distinct page) ¦ long"})
  void aggregatesAreWideEnough(String call, String type) {
    assertThat(jobs.schema("select " + call + " as x from views")).isEqualTo("x " + type);
  }

  @Test
  void sumsOfGroupsAreNeverNullWhenTheirColumnIsNot() {
    assertThat(jobs.schema("select page, sum(dwell) as s, sum(score) as t from views group by page"))
        .isEqualTo("page string, s long, t double null");
  }

  @Test
  void joinsSplitTheirConditionIntoKeysAndTheRest() {
    assertThat(jobs.query("select v.page, m.name from views v left join members m "
        + "on v.member_id = m.member_id and v.seen > m.joined and m.tier = 'gold' and v.dwell > 1")).isEqualTo("""
            output out
              Project page, name
                Join left on member_id = member_id where and(greater(seen, joined), greater(dwell, 1))
                  Scan views [member_id, page, seen, dwell]
                  Scan members [member_id, name, tier, joined] where equal(tier, 'gold')
            """);
  }

  @Test
  void joinKeysMayBeExpressions() {
    assertThat(jobs.query("select m.name from views v join members m on upper(v.page) = m.name")).isEqualTo("""
        output out
          Project name
            Join inner on key0 = name
              Project key0 = upper(page)
                Scan views [page]
              Scan members [name]
        """);
  }

  @Test
  void joinsWithoutEqualityTryEveryPair() {
    assertThat(jobs.query("select v.id, m.name from views v join members m on v.seen > m.joined")).isEqualTo("""
        output out
          Project id, name
            Join inner where greater(seen, joined)
              Scan views [id, seen]
              Scan members [name, joined]
        """);
  }

  @Test
  void commasWithAnEqualityInWhereAreJoins() {
    assertThat(jobs.query("select m.name from views v, members m where v.member_id = m.member_id and v.dwell > 1"))
        .isEqualTo("""
            output out
              Project name
                Join inner on member_id = member_id
                  Scan views [member_id, dwell] where greater(dwell, 1)
                  Scan members [member_id, name]
            """);
  }

  @Test
  void usingGivesTheKeyOnce() {
    assertThat(jobs.schema("select * from (select member_id, page from views) v join members m using (member_id)"))
        .isEqualTo("member_id long, page string, name string, tier string null, joined date");
  }

  @Test
  void queriesInFromAndWithAreInlined() {
    assertThat(
        jobs.query("with busy as (select member_id, count(*) as n from views group by member_id having count(*) > 3) "
            + "select b.n, m.name from busy b join members m on b.member_id = m.member_id"))
        .isEqualTo("""
            output out
              Project n, name
                Join inner on member_id = member_id
                  Filter greater(n, 3)
                    Aggregate by member_id: n = count(*)
                      Scan views [member_id]
                  Scan members [member_id, name]
            """);
  }

  @Test
  void existsAndInAreSemiJoins() {
    assertThat(
        jobs.query("select id from views v where dwell > 1 and page in (select name from members where tier = 'x') "
            + "and not exists (select 1 from members m where m.member_id = v.member_id and m.joined > v.seen)"))
        .isEqualTo("""
            output out
              Project id
                Join anti on member_id = member_id where greater(joined, seen)
                  Join semi on page = name
                    Scan views [id, member_id, page, seen, dwell] where greater(dwell, 1)
                    Project name
                      Filter equal(tier, 'x')
                        #1 Scan members [member_id, name, tier, joined]
                  #1
            """);
  }

  @Test
  void notInIsAnAntiJoinWhereNothingIsNull() {
    assertThat(jobs.query("select id from views where page not in (select name from members)")).isEqualTo("""
        output out
          Project id
            Join anti on page = name
              Scan views [id, page]
              Scan members [name]
        """);
  }

  @Test
  void aQueryInPlaceOfAValueIsJoinedToEveryRow() {
    assertThat(jobs.query("select name from members where joined > (select max(seen) from views)")).isEqualTo("""
        output out
          Project name
            Join inner where greater(joined, EXPR$0)
              Scan members [name, joined]
              Aggregate by nothing: EXPR$0 = max(seen)
                Scan views [seen]
        """);
  }

  @Test
  void aQueryInPlaceOfAValueThatMayHaveSeveralRowsIsWatched() {
    assertThat(jobs.query("select name, (select tier from members where name = 'a') as t from members"))
        .contains("single_value(tier)");
  }

  @Test
  void aQueryInPlaceOfAValueThatMayHaveNoRowGivesNull() {
    assertThat(jobs.query("select name, (select max(seen) from views having count(*) > 3) as t from members"))
        .contains("single_value");
  }

  @Test
  void unionWithoutAllIsDistinct() {
    assertThat(jobs.query("select page from views union select name from members")).isEqualTo("""
        output out
          Distinct page
            Union
              Scan views [page]
              Scan members [name]
        """);
  }

  @Test
  void groupByMayNameAnAliasOrAPosition() {
    String expected = """
        output out
          Aggregate by land: n = count(*)
            Project land = upper(country)
              Scan views [country]
        """;
    assertThat(jobs.query("select upper(country) as land, count(*) as n from views group by land")).isEqualTo(expected);
    assertThat(jobs.query("select upper(country) as land, count(*) as n from views group by 1")).isEqualTo(expected);
  }

  @Test
  void aggregatesMayBeFiltered() {
    assertThat(jobs.query("select page, count(*) filter (where dwell > 3) as n from views group by page")).isEqualTo("""
        output out
          Aggregate by page: n = count(*) where $f1
            Project page, $f1 = greater(dwell, 3)
              Scan views [page, dwell]
        """);
  }

  @Test
  void orderByMayUseColumnsThatAreNotSelected() {
    assertThat(jobs.query("select name from members order by joined desc nulls first, 1 limit 3 offset 2"))
        .isEqualTo("""
            output out
              Project name
                Sort by joined desc nulls first, name offset 2 limit 3
                  Scan members [name, joined]
            """);
  }

  @Test
  void stepsAreTables() {
    assertThat(jobs.graph("per-page { from = views, by = [page], aggregate = [\"count(*) as n\"] }\n"
        + "out { sql = \"\"\"select max(n) as most from \"per-page\" \"\"\" }")).isEqualTo("""
            output out
              Aggregate by nothing: most = max(n)
                Aggregate by page: n = count(*)
                  Scan views [page]
            """);
  }

  @Test
  void theStepsOfThePeersWorkloadsCompile() {
    assertThat(
        jobs.query("select m.tier, v.country, count(*) as cnt, sum(v.dwell) as sum_dwell from views v join members m "
            + "on v.member_id = m.member_id group by m.tier, v.country"))
        .isEqualTo("""
            output out
              Aggregate by tier, country: cnt = count(*), sum_dwell = sum(dwell)
                Join inner on member_id = member_id
                  Scan views [member_id, country, dwell]
                  Scan members [member_id, tier]
            """);
    assertThat(jobs.graph("minutes { from = views, select = [page, \"id - mod(id, 60000) as window_start\"] }\n"
        + "out { from = minutes, by = [page, window_start], aggregate = [\"count(*) as cnt\"] }")).isEqualTo("""
            output out
              Aggregate by page, window_start: cnt = count(*)
                Project page, window_start = subtract(id, mod(id, 60000))
                  Scan views [id, page]
            """);
    assertThat(jobs.graph("per-member { from = views, by = [member_id], aggregate = [\"count(*) as cnt\"] }\n"
        + "out { from = per-member, by = [cnt], aggregate = [\"count(*) as members\"] }")).isEqualTo("""
            output out
              Aggregate by cnt: members = count(*)
                Aggregate by member_id: cnt = count(*)
                  Scan views [member_id]
            """);
  }
}
