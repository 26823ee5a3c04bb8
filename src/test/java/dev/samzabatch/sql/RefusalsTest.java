package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL that is right but not supported is refused by name, never answered wrongly. */
class RefusalsTest {

  @TempDir
  Path folder;
  private SqlJobs jobs;

  @BeforeEach
  void open() {
    jobs = new SqlJobs(folder);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '¦', quoteCharacter = '~', value = {
      "8 ¦ a window function (OVER) ¦ select row_number() over (order by ts) as n from views",
      "8 ¦ a window function (OVER) ¦ select sum(dwell) over (partition by page) as n from views",
      "1 ¦ INTERSECT ¦ select page from views intersect select name from members",
      "1 ¦ EXCEPT ¦ select page from views except select name from members",
      "1 ¦ VALUES ¦ values (1, 2)",
      "16 ¦ VALUES ¦ select * from (values (1)) as t (x)",
      "1 ¦ a query without FROM, and VALUES ¦ select 1 as x",
      "48 ¦ ROLLUP ¦ select page, count(*) as n from views group by rollup(page)",
      "48 ¦ CUBE ¦ select page, count(*) as n from views group by cube(page)",
      "48 ¦ GROUPING SETS ¦ select page, count(*) as n from views group by grouping sets ((page), ())",
      "38 ¦ LATERAL ¦ select name from members m, lateral (select * from views v where v.id = m.member_id)",
      "24 ¦ UNNEST ¦ select x from views v, unnest(v.tags) as t (x)",
      "6 ¦ WITH RECURSIVE ¦ with recursive r as (select id from views union all select id from r) select * from r",
      "1 ¦ INSERT ¦ insert into x select * from views",
      "1 ¦ DELETE ¦ delete from views",
      "21 ¦ VARCHAR(10) ¦ select cast(page as varchar(10)) as x from views",
      "21 ¦ CHAR(3) ¦ select cast(page as char(3)) as x from views",
      "22 ¦ SMALLINT ¦ select cast(dwell as smallint) as x from views",
      "19 ¦ TIMESTAMP(3) ¦ select cast(ts as timestamp(3)) as x from views",
      "28 ¦ a ? parameter ¦ select id from views where ? = id",
      "8 ¦ an array made of values ¦ select array[1, 2] as x from views",
      "28 ¦ SIMILAR TO ¦ select id from views where page similar to 'x'",
      "28 ¦ ALL with a query ¦ select id from views where id > all (select member_id from members)",
      "16 ¦ TABLESAMPLE ¦ select id from views tablesample bernoulli(10)",
      "1 ¦ IN or EXISTS with a query, other than as a condition of its own in WHERE "
          + "¦ select id from views where id = 1 or page in (select name from members)",
      "1 ¦ IN or EXISTS with a query, other than as a condition of its own in WHERE "
          + "¦ select page in (select name from members) as x from views",
      "1 ¦ NOT IN with a query where values may be null ¦ select id from views where country not in (select name from members)",
      "1 ¦ a query in place of a value that reads columns of the query around it "
          + "¦ select id from views v where dwell = (select max(m.member_id) from members m where m.member_id = v.id)",
      "1 ¦ a query that reads columns of the query around it, other than in the WHERE of EXISTS "
          + "¦ select id from views v where page in (select name from members m where m.member_id = v.id)",
      "1 ¦ grouping by a map ¦ select props, count(*) as n from views group by props",
      "1 ¦ grouping by a map ¦ select distinct props from views",
      "1 ¦ ordering by a map ¦ select id from views order by props",
      "1 ¦ distinct values of a map ¦ select count(distinct props) as n from views",
      "1 ¦ min or max of map<string,long null> ¦ select max(props) as n from views",
      "1 ¦ min or max of map<string,long null> ¦ select page from views group by page having min(props) is not null",
      "1 ¦ min or max of row<p map<string,long null>> ¦ select max(nested) as n from deep",
      "1 ¦ min or max of array<map<string,long null>> ¦ select min(list) as n from deep",
      "1 ¦ comparing which of two maps is less ¦ select id from views where props < props",
      "1 ¦ comparing which of two maps is less ¦ select id, not (1 = 1 and props >= props) as x from views",
      "1 ¦ comparing which of two maps is less ¦ select v.id from views v join views w on v.props > w.props",
      "1 ¦ comparing which of two maps is less ¦ select nested from deep where nested <= nested",
      "1 ¦ ordering by a map ¦ select list from deep order by list",
      "8 ¦ one string right behind another ¦ select 'a' 'b' as x from views",
      "1 ¦ a part of a day added to a date ¦ select seen + interval '1' hour as x from views",
      "1 ¦ a value that is an interval ¦ select timestampdiff(day, ts, ts) as y, interval '1' day * dwell as x from views"})
  void isNotSupported(String column, String what, String sql) {
    assertThat(jobs.queryErrors(sql)).startsWith(column + " SB-2013 ").contains(what + " is not supported");
  }

  @ParameterizedTest
  @CsvSource({"current_date", "current_timestamp", "localtime", "now()", "rand()"})
  void whatWouldChangeInARepetitionIsRefused(String function) {
    assertThat(jobs.queryErrors("select id, " + function + " as x from views"))
        .startsWith("12 SB-2014 ").contains("would change when a part of the run is repeated");
  }

  @Test
  void functionsWithoutAKernelDoNotExist() {
    for (String call : new String[] {"soundex(page)", "power(dwell, 2)", "json_value(page, '$.a')", "listagg(page)",
        "stddev(dwell)", "initcap(page)", "overlay(page placing 'x' from 1)", "concat(page, page)", "ln(dwell)"}) {
      assertThat(jobs.queryErrors("select " + call + " as x from views")).as(call)
          .contains("SB-2007 step \"out\": there is no");
    }
  }
}
