package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerbsTest {

  @TempDir
  Path folder;
  private SqlJobs jobs;

  @BeforeEach
  void open() {
    jobs = new SqlJobs(folder);
  }

  @Test
  void filterAndSelectReadOnlyWhatTheyNeed() {
    assertThat(jobs.graph("out { from = views, filter = \"dwell > 30000 and country = 'US'\", select = [id, page] }"))
        .isEqualTo("""
            output out
              Project id, page
                Scan views [id, page, country, dwell] where and(greater(dwell, 30000), equal(country, 'US'))
            """);
  }

  @Test
  void aStepWithoutAnyVerbIsTheRelationItself() {
    assertThat(jobs.graph("out { from = members }")).isEqualTo("""
        output out
          Scan members [member_id, name, tier, joined]
        """);
  }

  @Test
  void groupingGivesKeysThenAggregates() {
    assertThat(jobs.graph("out { from = views, by = [country, page], partitions = 8, "
        + "aggregate = [\"count(*) as n\", \"sum(dwell) as total\", \"count(distinct member_id) as who\"] }"))
        .isEqualTo(
            """
                output out
                  Aggregate by country, page: n = count(*), total = sum(dwell), who = count(distinct member_id) in 8 partitions
                    Scan views [member_id, page, country, dwell]
                """);
  }

  @Test
  void aFilterStandsBeforeTheGroupingAndASelectBehind() {
    assertThat(jobs.graph("out { from = views, by = [\"upper(country) as land\"], filter = \"dwell > 1\", "
        + "aggregate = [\"avg(score) as mean\"], select = [\"mean * 2 as twice\", land] }")).isEqualTo("""
            output out
              Project twice = multiply(mean, 2.0), land
                Aggregate by land: mean = avg(score)
                  Project land = upper(country), score
                    Scan views [country, dwell, score] where greater(dwell, 1)
            """);
  }

  @Test
  void groupingByNothingGivesOneRow() {
    assertThat(jobs.graph("out { from = views, aggregate = [\"count(*) as n\"] }")).isEqualTo("""
        output out
          Aggregate by nothing: n = count(*)
            Scan views [id]
        """);
  }

  @Test
  void aJoinHasItsKeyOnceAndThenTheOtherColumns() {
    assertThat(jobs.compile("steps { out { from = members, join = counts, on = [member_id] }\n"
        + "counts { from = views, by = [member_id], aggregate = [\"count(*) as n\"] } }").stepSchemas().get("out"))
        .hasToString("member_id long, name string, tier string null, joined date, n long");
  }

  @Test
  void outerJoinsMakeTheOtherSideNullable() {
    String counts = "counts { from = views, by = [member_id], aggregate = [\"count(*) as n\"] }\n";
    assertThat(jobs.compile("steps { out { from = members, left-join = counts, on = [member_id] }\n" + counts + "}")
        .stepSchemas().get("out"))
        .hasToString("member_id long, name string, tier string null, joined date, n long null");
    assertThat(jobs.compile("steps { out { from = members, right-join = counts, on = [member_id] }\n" + counts + "}")
        .stepSchemas().get("out"))
        .hasToString("member_id long, name string null, tier string null, joined date null, n long");
  }

  @Test
  void aFullJoinTakesTheKeyFromWhicheverSideHasIt() {
    assertThat(jobs.graph("counts { from = views, by = [id], aggregate = [\"count(*) as n\"] }\n"
        + "out { from = members, full-join = counts, on = [\"member_id = id\"], select = [member_id, n], partitions = 3 }"))
        .isEqualTo("""
            output out
              Project member_id = coalesce(member_id, id), n
                Join full on member_id = id
                  Repartition by member_id into 3
                    Scan members [member_id]
                  Repartition by id into 3
                    Aggregate by id: n = count(*)
                      Scan views [id]
            """);
  }

  @Test
  void keysOfDifferentWidthAreWidened() {
    assertThat(jobs.graph("few { from = days, select = [\"year as member_id\", value] }\n"
        + "out { from = members, join = few, on = [member_id], select = [name, value] }")).isEqualTo("""
            output out
              Project name, value
                Join inner on member_id = key0
                  Scan members [member_id, name]
                  Project value, key0 = cast(year as long)
                    Scan days [year, value]
            """);
  }

  @Test
  void semiAndAntiJoinsKeepLeftRows() {
    assertThat(jobs.graph("out { from = views, semi-join = members, on = [member_id], select = [id] }")).isEqualTo("""
        output out
          Project id
            Join semi on member_id = member_id
              Scan views [id, member_id]
              Scan members [member_id]
        """);
    assertThat(jobs.graph("out { from = views, anti-join = members, on = [member_id], filter = \"dwell > 3\" }"))
        .startsWith(
            """
                output out
                  Join anti on member_id = member_id
                    Scan views [id, member_id, page, country, ts, seen, dwell, price, score, geo, tags, props] where greater(dwell, 3)
                    Scan members [member_id]
                """);
  }

  @Test
  void aRelationCanBeJoinedWithItself() {
    assertThat(jobs.graph("out { from = members, semi-join = members, on = [\"member_id = member_id\"] }"))
        .contains("Join semi on member_id = member_id");
  }

  @Test
  void unionGoesByPositionAndWidens() {
    assertThat(jobs.graph("a { from = days, select = [year, value] }\nb { from = days, select = [count, year] }\n"
        + "out { union = [a, b] }")).isEqualTo("""
            output out
              Union
                Project year = cast(year as long), value
                  #1 Scan days [year, count, value]
                Project count, year = cast(year as double)
                  #1
            """);
  }

  @Test
  void aUnionOfOtherNamesIsAWarning() {
    CompiledJob job = jobs.compile("steps { a { from = days, select = [year] }\nb { from = days, select = [day] }\n"
        + "out { union = [a, b] } }");
    assertThat(job.warnings()).extracting(problem -> problem.code() + " " + problem.message())
        .contains("SB-2015 step \"out\": column 1 is year in a and day in b");
  }

  @Test
  void distinctGroupsByEveryColumn() {
    assertThat(jobs.graph("few { from = members, select = [tier, joined] }\nout { from = few, distinct = true }"))
        .isEqualTo("""
            output out
              Distinct tier, joined
                Scan members [tier, joined]
            """);
  }

  @Test
  void orderKeepsColumnsThatAreOnlyOrderedByOutOfTheResult() {
    assertThat(jobs.graph("out { from = members, order-by = [\"joined desc\", \"tier nulls first\", \"upper(name)\"], "
        + "limit = 10, offset = 5, select = [name] }")).isEqualTo("""
            output out
              Project name
                Sort by joined desc, tier nulls first, EXPR$4 offset 5 limit 10
                  Project name, tier, joined, EXPR$4 = upper(name)
                    Scan members [name, tier, joined]
            """);
  }

  @Test
  void nullsComeLastInBothDirections() {
    assertThat(jobs.graph("out { from = members, order-by = [\"tier desc\", joined] }"))
        .contains("Sort by tier desc, joined").doesNotContain("nulls first");
  }

  @Test
  void partitionByMovesRowsBetweenFilterAndSelect() {
    assertThat(
        jobs.graph("out { from = views, filter = \"dwell > 3\", partition-by = [member_id, Page], partitions = 3, "
            + "select = [page, \"dwell + 1 as more\"] }"))
        .isEqualTo("""
            output out
              Project page, more = add(dwell, 1)
                Repartition by member_id, page into 3
                  Scan views [member_id, page, dwell] where greater(dwell, 3)
            """);
  }

  @Test
  void aStepThatSeveralReadIsComputedOnce() {
    assertThat(jobs.graph("busy { from = views, filter = \"dwell > 3\", select = [member_id, page, country] }\n"
        + "a { from = busy, filter = \"country = 'US'\", select = [member_id] }\n"
        + "b { from = busy, filter = \"country = 'DE'\", select = [member_id] }\n"
        + "out { union = [a, b] }")).isEqualTo("""
            output out
              Union
                Project member_id
                  Filter equal(country, 'US')
                    #1 Project member_id, country
                      Scan views [member_id, country, dwell] where greater(dwell, 3)
                Project member_id
                  Filter equal(country, 'DE')
                    #1
            """);
  }

  @Test
  void namesMatchInAnyCaseUnlessTwoDifferOnlyInCase() {
    assertThat(jobs.graph("a { from = members, select = [\"name as n\", \"tier as N\"] }\n"
        + "out { from = a, filter = \"N = 'gold'\", select = [N] }")).isEqualTo("""
            output out
              Project N = tier
                Scan members [tier] where equal(tier, 'gold')
            """);
    assertThat(jobs.graph("out { from = Members, select = [\"NAME as x\"] }".replace("Members", "members")))
        .contains("Project x = name");
  }

  @Test
  void columnsWithOddNamesNeedNoQuotesWhenTheyStandAlone() {
    assertThat(jobs.graph("out { from = days, select = [\"page views\", order, date, \"count + 1 as count\"] }"))
        .isEqualTo("""
            output out
              Project page views, order, date, count = add(count, 1)
                Scan days [date, count, order, page views]
            """);
  }

  @Test
  void checksAreSinksOfFigures() {
    CompiledJob job = jobs.compile("steps { out { from = members } }\nchecks {\n"
        + "a { on = out, rows = \">= 1\" }\n"
        + "b { on = out, unique = [member_id, name] }\n"
        + "c { on = views, true-for = \"dwell > 0\", at-least = 99% } }");
    assertThat(GraphText.print(job.graph())).isEqualTo("""
        output out
          #1 Scan members [member_id, name, tier, joined]
        check a
          Aggregate by nothing: rows = count(*), good = count(*)
            #1
        check b
          Aggregate by nothing: rows = sum_or_zero(rows0), good = count(*)
            Aggregate by member_id, name: rows0 = count(*)
              #1
        check c
          Aggregate by nothing: rows = count(*), good = count(*) where good
            Project good = greater(dwell, 0)
              Scan views [dwell]
        """);
    assertThat(job.graph().sinks()).filteredOn(sink -> sink.kind() == dev.samzabatch.graph.Sink.Kind.CHECK)
        .allMatch(sink -> sink.input().schema().equals(CheckFigures.SCHEMA));
  }

  @Test
  void unusedStepsAreWarnings() {
    assertThat(jobs.compile("steps { out { from = members }\nidle { sql = \"select name from out\" } }").warnings())
        .extracting(problem -> problem.message())
        .contains("step \"idle\" leads to no output", "input \"days\" leads to no output");
  }
}
