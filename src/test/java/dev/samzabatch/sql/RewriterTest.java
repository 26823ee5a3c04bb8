package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules of {@code rewrite} make of whole jobs. */
class RewriterTest {

  private static final String COUNTS =
      "counts { from = views, by = [country], aggregate = [\"count(*) as n\", \"sum(dwell) as total\"] }\n";

  @TempDir
  Path folder;
  private SqlJobs jobs;

  @BeforeEach
  void open() {
    jobs = new SqlJobs(folder);
  }

  @Test
  void constantsAreComputedBeforehand() {
    assertThat(jobs.query("select id from views where dwell > 60 * 1000 and 1 = 1")).isEqualTo("""
        output out
          Project id
            Scan views [id, dwell] where greater(dwell, 60000)
        """);
  }

  @Test
  void whatCannotBeComputedFailsOnlyIfItIsReached() {
    assertThat(jobs.query("select case when dwell > 0 then 1 / 0 else 2 end as x, id from views"))
        .contains("divide(1, 0)");
  }

  @Test
  void filtersOverKeysGoBelowAGroupingAndOthersStay() {
    assertThat(jobs.graph(COUNTS + "out { from = counts, filter = \"n > 3 and country = 'US'\" }")).isEqualTo("""
        output out
          Filter greater(n, 3)
            Aggregate by country: n = count(*), total = sum(dwell)
              Scan views [country, dwell] where equal(country, 'US')
        """);
  }

  @Test
  void filtersOverAGroupingOfAllRowsStay() {
    assertThat(jobs.graph("a { from = views, aggregate = [\"count(*) as n\"] }\nout { from = a, filter = \"n > 3\" }"))
        .isEqualTo("""
            output out
              Filter greater(n, 3)
                Aggregate by nothing: n = count(*)
                  Scan views [id]
            """);
  }

  @Test
  void columnsThatNobodyNeedsAreNeitherReadNorAggregated() {
    assertThat(jobs.graph(COUNTS + "out { from = counts, select = [n] }")).isEqualTo("""
        output out
          Project n
            Aggregate by country: n = count(*)
              Scan views [country]
        """);
  }

  @Test
  void filtersGoIntoEveryInputOfAUnion() {
    assertThat(
        jobs.query("select x from (select page as x, dwell as d from views union all select name, 1 from members) u "
            + "where x = 'a' and d > 0"))
        .isEqualTo("""
            output out
              Union
                Project x = page
                  Scan views [page, dwell] where and(equal(page, 'a'), greater(dwell, 0))
                Scan members [name] where equal(name, 'a')
            """);
  }

  @Test
  void filtersGoToTheSideThatAnOuterJoinKeeps() {
    String sql = "select v.id from views v %s join members m on v.member_id = m.member_id "
        + "where v.dwell > 1 and m.tier = 'x'";
    assertThat(jobs.query(sql.formatted("left"))).isEqualTo("""
        output out
          Project id
            Filter equal(tier, 'x')
              Join left on member_id = member_id
                Scan views [id, member_id, dwell] where greater(dwell, 1)
                Scan members [member_id, tier]
        """);
    assertThat(jobs.query(sql.formatted("right"))).isEqualTo("""
        output out
          Project id
            Filter greater(dwell, 1)
              Join right on member_id = member_id
                Scan views [id, member_id, dwell]
                Scan members [member_id, tier] where equal(tier, 'x')
        """);
    assertThat(jobs.query(sql.formatted("full"))).isEqualTo("""
        output out
          Project id
            Filter and(greater(dwell, 1), equal(tier, 'x'))
              Join full on member_id = member_id
                Scan views [id, member_id, dwell]
                Scan members [member_id, tier]
        """);
  }

  @Test
  void conditionsOfOuterJoinsGoToTheOtherSideOnly() {
    String sql = "select v.id from views v %s join members m on v.member_id = m.member_id "
        + "and v.dwell > 1 and m.tier = 'x'";
    assertThat(jobs.query(sql.formatted("left"))).isEqualTo("""
        output out
          Project id
            Join left on member_id = member_id where greater(dwell, 1)
              Scan views [id, member_id, dwell]
              Scan members [member_id, tier] where equal(tier, 'x')
        """);
    assertThat(jobs.query(sql.formatted("right"))).isEqualTo("""
        output out
          Project id
            Join right on member_id = member_id where equal(tier, 'x')
              Scan views [id, member_id, dwell] where greater(dwell, 1)
              Scan members [member_id, tier]
        """);
    assertThat(jobs.query(sql.formatted("full")))
        .contains("Join full on member_id = member_id where and(greater(dwell, 1), equal(tier, 'x'))");
  }

  @Test
  void filtersOverSemiAndAntiJoinsGoToTheLeft() {
    assertThat(jobs.graph("a { from = views, anti-join = members, on = [member_id] }\n"
        + "out { from = a, filter = \"dwell > 1\", select = [id] }")).isEqualTo("""
            output out
              Project id
                Join anti on member_id = member_id
                  Scan views [id, member_id, dwell] where greater(dwell, 1)
                  Scan members [member_id]
            """);
  }

  @Test
  void filtersGoThroughOrderButNotThroughALimit() {
    String steps = "a { from = views, order-by = [id]%s }\nout { from = a, filter = \"dwell > 1\", select = [id] }";
    assertThat(jobs.graph(steps.formatted(""))).isEqualTo("""
        output out
          Project id
            Sort by id
              Scan views [id, dwell] where greater(dwell, 1)
        """);
    assertThat(jobs.graph(steps.formatted(", limit = 3"))).isEqualTo("""
        output out
          Project id
            Filter greater(dwell, 1)
              Sort by id limit 3
                Scan views [id, dwell]
        """);
  }

  @Test
  void aFilterOnAComputedColumnStaysAboveIt() {
    assertThat(jobs.graph("a { from = views, select = [\"upper(page) as p\", id] }\n"
        + "out { from = a, filter = \"p = 'X' and id > 3\" }")).isEqualTo("""
            output out
              Filter equal(p, 'X')
                Project p = upper(page), id
                  Scan views [id, page] where greater(id, 3)
            """);
  }

  @Test
  void aConditionThatMayFailDoesNotOvertakeOneThatMayGuardIt() {
    assertThat(jobs.graph("a { from = views, select = [\"dwell - 1 as d\", id] }\n"
        + "out { from = a, filter = \"d <> 0 and 10 / id > 1 and id > 2\" }")).isEqualTo("""
            output out
              Filter and(not_equal(d, 0), greater(divide(10, id), 1))
                Project d = subtract(dwell, 1), id
                  Scan views [id, dwell] where greater(id, 2)
            """);
    assertThat(
        jobs.query("select v.id from views v join members m on v.member_id = m.member_id where 10 / v.dwell > 1"))
        .contains("Filter greater(divide(10, dwell), 1)\n      Join");
  }

  @Test
  void equalitiesAcrossAnInnerJoinBecomeItsKeys() {
    assertThat(jobs.query("select m.name from views v, members m, days d "
        + "where v.dwell = d.day and d.year = m.member_id and m.tier = d.\"order\"")).isEqualTo("""
            output out
              Project name
                Join inner on dwell = day and member_id0 = key0 and tier = order
                  Join inner
                    Scan views [dwell]
                    Scan members [member_id, name, tier]
                  Project day, order, key0 = cast(year as long)
                    Scan days [year, day, order]
            """);
  }

  @Test
  void distinctOverGroupsIsNothing() {
    assertThat(jobs.graph(COUNTS + "out { from = counts, distinct = true }")).isEqualTo("""
        output out
          Aggregate by country: n = count(*), total = sum(dwell)
            Scan views [country, dwell]
        """);
    assertThat(jobs.query("select distinct n from (select country, count(*) as n from views group by country) x"))
        .contains("Distinct n");
  }

  @Test
  void projectionsMergeUnlessSomethingWouldBeComputedTwice() {
    assertThat(jobs.graph("a { from = views, select = [\"dwell + 1 as d\", id] }\n"
        + "out { from = a, select = [\"d * 2 as e\", id] }")).isEqualTo("""
            output out
              Project e = multiply(add(dwell, 1), 2), id
                Scan views [id, dwell]
            """);
    assertThat(jobs.graph("a { from = views, select = [\"dwell + 1 as d\", id] }\n"
        + "out { from = a, select = [\"d * d as e\", id] }")).isEqualTo("""
            output out
              Project e = multiply(d, d), id
                Project d = add(dwell, 1), id
                  Scan views [id, dwell]
            """);
  }

  @Test
  void aSharedStepIsNeitherFilteredNorMergedButPrunedToWhatAllNeed() {
    assertThat(jobs.graph("a { from = views, select = [\"dwell + 1 as d\", id, page, ts] }\n"
        + "b { from = a, filter = \"d > 3\", select = [id] }\nc { from = a, select = [\"d * 2 as id\"] }\n"
        + "e { from = c, select = [\"cast(id as long) as id\"] }\nout { union = [b, e] }")).isEqualTo("""
            output out
              Union
                Project id
                  Filter greater(d, 3)
                    #1 Project d = add(dwell, 1), id
                      Scan views [id, dwell]
                Project id = cast(multiply(d, 2) as long)
                  #1
            """);
  }

  @Test
  void onlyTheNumberOfRowsMayBeNeeded() {
    assertThat(jobs.query("select count(*) as n from views v join members m on v.member_id = m.member_id"))
        .isEqualTo("""
            output out
              Aggregate by nothing: n = count(*)
                Join inner on member_id = member_id
                  Scan views [member_id]
                  Scan members [member_id]
            """);
    assertThat(jobs.query("select count(*) as n from (select distinct name from members) x")).isEqualTo("""
        output out
          Aggregate by nothing: n = count(*)
            Distinct name
              Scan members [name]
        """);
  }
}
