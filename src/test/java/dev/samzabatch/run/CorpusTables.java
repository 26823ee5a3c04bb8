package dev.samzabatch.run;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of the corpus: nulls, repeats, negative zero, empty text, blanks around text, characters of one to four
 * bytes, a leap day, keys without a partner on either side. Both engines get them from here.
 */
final class CorpusTables {

  /** A table: its columns as schema strings and as DuckDB types, and its rows. */
  record Table(String name, List<String> columns, List<String> duckTypes, List<List<Object>> rows) {

    String schema() {
      return String.join(", ", columns);
    }

    List<String> names() {
      return columns.stream().map(c -> c.substring(0, c.indexOf(' '))).toList();
    }
  }

  private static final List<String> PEOPLE_COLUMNS =
      List.of("id long", "name string null", "dept long null", "salary double null", "age int null", "born date null",
          "active boolean null", "balance decimal(12,2) null");
  private static final List<String> PEOPLE_TYPES =
      List.of("BIGINT", "VARCHAR", "BIGINT", "DOUBLE", "INTEGER", "DATE", "BOOLEAN", "DECIMAL(12,2)");

  static final List<Table> ALL =
      List.of(
          new Table(
              "people",
              PEOPLE_COLUMNS,
              PEOPLE_TYPES,
              List.of(
                  row(1L, "Ann", 1L, 1000.5, 30, "1990-05-01", true, "10.50"),
                  row(2L, "Bob", 1L, -0.0, 41, "1983-12-31", false, "-10.50"),
                  row(3L, null, 2L, 0.0, null, null, null, null),
                  row(4L, "Zoë", 2L, 3000.25, 7, "2000-02-29", true, "0.00"),
                  row(5L, "", 9L, null, 30, "1990-05-01", null, "99999.99"),
                  row(6L, " padded ", null, 12.0, 65, "1959-01-01", false, "10.50"),
                  row(7L, "名前𝄞", null, -1.25, 30, null, true, "0.01"),
                  row(8L, "Ann", 1L, 1000.5, 30, "1990-05-01", true, "10.50"),
                  row(9L, "anna_n%", 3L, 1e300, 0, "1970-01-01", false, "-0.01"),
                  row(10L, "straße", 3L, 7.75, 99, "1925-06-30", null, null))),
          new Table("nobody", PEOPLE_COLUMNS, PEOPLE_TYPES, List.of()),
          new Table(
              "depts",
              List.of("dept long null", "title string", "city string null"),
              List.of("BIGINT", "VARCHAR", "VARCHAR"),
              List.of(
                  row(1L, "Ann", "Ulm"),
                  row(2L, "Sales", null),
                  row(2L, "Sales 2", "Köln"),
                  row(4L, "Empty", "Ulm"),
                  row(null, "Nowhere", "Bonn"))),
          new Table(
              "events",
              List.of("eid long", "pid long null", "kind string", "happened timestamp", "amount decimal(10,2) null",
                  "score double null"),
              List.of("BIGINT", "BIGINT", "VARCHAR", "TIMESTAMP", "DECIMAL(10,2)", "DOUBLE"),
              List.of(
                  row(100L, 1L, "view", "2024-02-29 23:59:59.999999", "1.10", 0.5),
                  row(101L, 1L, "buy", "2024-03-01 00:00:00", "20.00", null),
                  row(102L, 2L, "view", "2023-12-31 12:30:45.5", null, -0.0),
                  row(103L, null, "view", "1969-12-31 23:59:59", "-5.05", 2.25),
                  row(104L, 77L, "buy", "2024-01-31 08:00:00", "0.00", 0.0),
                  row(105L, 4L, "late", "2024-02-29 06:07:08.123", "3.33", 1e-10))));

  private CorpusTables() {}

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  /** Writes every table as JSON lines, in two files where it has more than one row. */
  static void writeJson(Path directory) throws IOException {
    for (Table table : ALL) {
      Path target = Files.createDirectories(directory.resolve(table.name()));
      StringBuilder[] parts = {new StringBuilder(), new StringBuilder()};
      for (int i = 0; i < table.rows().size(); i++) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int c = 0; c < table.columns().size(); c++) {
          Object value = table.rows().get(i).get(c);
          boolean decimal = value != null && table.columns().get(c).contains("decimal");
          object.put(table.names().get(c), decimal ? new BigDecimal((String) value) : value);
        }
        parts[i % 2].append(JSON.std.asString(object)).append('\n');
      }
      for (int p = 0; p < 2; p++) {
        Files.writeString(target.resolve("part-" + p + ".json"), parts[p]);
      }
    }
  }

  /** Creates every table in DuckDB. */
  static void createIn(Connection duck) throws SQLException {
    for (Table table : ALL) {
      StringBuilder columns = new StringBuilder();
      for (int c = 0; c < table.columns().size(); c++) {
        columns.append(c == 0 ? "" : ", ").append(table.names().get(c)).append(' ').append(table.duckTypes().get(c));
      }
      try (Statement create = duck.createStatement()) {
        create.execute("create table " + table.name() + " (" + columns + ")");
      }
      String marks = String.join(", ", table.duckTypes().stream().map(t -> "cast(? as " + t + ")").toList());
      try (
          PreparedStatement insert = duck.prepareStatement("insert into " + table.name() + " values (" + marks + ")")) {
        for (List<Object> row : table.rows()) {
          for (int c = 0; c < row.size(); c++) {
            insert.setObject(c + 1, row.get(c));
          }
          insert.execute();
        }
      }
    }
  }
}
