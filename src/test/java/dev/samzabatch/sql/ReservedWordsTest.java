package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReservedWordsTest {

  private static final Set<String> COLUMNS = Set.of("day", "date", "year", "count", "value", "order", "out");

  @TempDir
  Path folder;

  /** The words of a text that are taken for names, each in brackets. */
  private static String names(String sql) {
    String protectedSql = ReservedWords.protect(sql, COLUMNS::contains);
    StringBuilder marked = new StringBuilder();
    for (int i = 0; i < sql.length(); i++) {
      marked.append(protectedSql.charAt(i) == sql.charAt(i) ? "" : "^").append(sql.charAt(i));
    }
    return marked.toString();
  }

  @Test
  void knownColumnsAreNamesWhereTheyCanBeNothingElse() {
    assertThat(names("day > 3 and count = value")).isEqualTo("^day > 3 and ^count = ^value");
    assertThat(names("select date, max(year) from t order by day desc"))
        .isEqualTo("select ^date, max(^year) from t order by ^day desc");
  }

  @Test
  void functionsUnitsLiteralsAndTypesStayWhatTheyAre() {
    for (String sql : new String[] {"count(*)", "year(ts)", "date '2020-01-01'", "interval '1' day", "floor(ts to day)",
        "extract(day from ts)", "timestampadd(day, 1, ts)", "cast(x as date)", "cast(cast(x as date) as string)",
        "try_cast(x as date)", "safe_cast(x as day)",
        "position('day' in 'count')", "\"day\" = 1", "1 -- day", "/* count */ 1", "order by x"}) {
      assertThat(names(sql)).isEqualTo(sql);
    }
    assertThat(names("extract(day from day)")).isEqualTo("extract(day from ^day)");
    assertThat(names("cast(day as date) as date")).isEqualTo("cast(^day as date) as ^date");
  }

  @Test
  void behindADotOrAsEveryWordIsAName() {
    assertThat(names("t.order, t.select as group")).isEqualTo("t.^order, t.^select as ^group");
    assertThat(names("with x as (select 1)")).isEqualTo("with x as (select 1)");
  }

  @Test
  void aliasesAreKnownInTheirText() {
    assertThat(names("select month from (select 1 as month) as t"))
        .startsWith("select ^month from (select 1 as ^month)");
  }

  @Property
  void protectedTextsKeepTheirLengthAndCanBeRestored(@ForAll String text) {
    String plain = text.replaceAll("[\uf900-\uf97f]", "x");
    String protectedText = ReservedWords.protect(plain, word -> true);
    assertThat(protectedText).hasSameSizeAs(plain);
    assertThat(ReservedWords.restore(protectedText)).isEqualTo(plain);
  }

  @Test
  void columnsNamedLikeFunctionsWorkInWholeSteps() {
    assertThat(new SqlJobs(folder)
        .graph("a { from = days, by = [year], aggregate = [\"count(*) as count\", \"max(value) as max\"] }\n"
            + "out { from = a, filter = \"count > 3 and max < 1\", select = [year, \"count + 1 as count\"] }"))
        .isEqualTo("""
            output out
              Project year, count = add(count, 1)
                Filter and(greater(count, 3), less(max, 1.0))
                  Aggregate by year: count = count(*), max = max(value)
                    Scan days [year, value]
            """);
    assertThat(
        new SqlJobs(folder).query("select d.day, extract(year from d.date) as year, d.order as order from days d "
            + "where date > date '2020-01-01' order by year"))
        .contains("Project day, year = extract('YEAR', date), order");
  }
}
