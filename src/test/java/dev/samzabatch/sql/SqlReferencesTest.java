package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlReferencesTest {

  @TempDir
  Path folder;

  private Set<String> of(String sql) {
    return SqlReferences.of(new SqlJobs(folder).load("steps { out { sql = \"\"\"" + sql + "\"\"\" }\n"
        + "per-day { from = days }\nhelper { from = days }\n}")).get("out");
  }

  @Test
  void tablesAreFoundWhereverTheyStand() {
    assertThat(of("select * from views")).containsExactly("views");
    assertThat(of("select * from VIEWS v, members as m join \"per-day\" on true"))
        .containsExactlyInAnyOrder("views", "members", "per-day");
    assertThat(
        of("select * from (select * from views) x where id in (select id from members) and exists (table helper) "
            + "union select * from days"))
        .containsExactlyInAnyOrder("views", "members", "helper", "days");
  }

  @Test
  void columnsAndUnknownTablesAreNone() {
    assertThat(of("select members, views.id from views as x join nowhere on views.members = 1"))
        .containsExactly("views");
  }

  @Test
  void namesThatWithDefinesAreNone() {
    assertThat(of("with helper as (select * from views), b as (select * from helper) select * from b, helper"))
        .containsExactly("views");
    assertThat(of("with views as (select * from views) select * from views")).containsExactly("views");
    assertThat(of("select * from (with helper as (select * from views) select * from helper) x, helper"))
        .containsExactlyInAnyOrder("views", "helper");
  }

  @Test
  void brokenSqlStillTellsWhatItSeemsToRead() {
    assertThat(of("select from views, members join \"per-day\" where")).containsExactlyInAnyOrder("views", "members",
        "per-day");
  }
}
