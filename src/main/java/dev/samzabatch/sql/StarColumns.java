package dev.samzabatch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/** Finds columns that {@code *} gives twice: Calcite silently puts a number behind the name of the second. */
final class StarColumns {

  private StarColumns() {}

  /** Whether the outermost SELECT has a star. */
  static boolean hasStar(SqlNode query) {
    return select(query) instanceof SqlSelect select && select.getSelectList().stream()
        .anyMatch(item -> item instanceof SqlIdentifier name && name.isStar());
  }

  /** The names of the columns that Calcite has renamed in a query that had a star. */
  static List<String> renamed(SqlNode checked) {
    List<String> names = new ArrayList<>();
    if (select(checked) instanceof SqlSelect select) {
      for (SqlNode item : select.getSelectList()) {
        if (item instanceof SqlCall call && item.getKind() == SqlKind.AS
            && call.operand(0) instanceof SqlIdentifier column && call.operand(1) instanceof SqlIdentifier alias) {
          String name = column.names.get(column.names.size() - 1);
          if (alias.getSimple().matches(Pattern.quote(name) + "\\d+")) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  private static SqlNode select(SqlNode query) {
    if (query instanceof SqlOrderBy order) {
      return select(order.query);
    }
    return query instanceof SqlWith with ? select(with.body) : query;
  }
}
