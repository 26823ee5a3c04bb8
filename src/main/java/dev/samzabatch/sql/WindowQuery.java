package dev.samzabatch.sql;

import dev.samzabatch.job.WindowSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The windows of a grouping as parts of its query: a further key, the start of the window that a row is in. A row
 * without a time is in no window: the query filters it out, and it is counted as filtered.
 */
final class WindowQuery {

  /** Names of the columns that stand before the keys. */
  static final String START = "window_start";

  static final String END = "window_end";

  private static final SqlParserPos HERE = SqlParserPos.ZERO;

  private final SqlNode on;
  private final SqlNode micros;

  /** Problems go to the syntax; {@code columns} are those of the relation that is grouped. */
  WindowQuery(WindowSpec window, Syntax syntax, Collection<String> columns) {
    List<SqlNode> items = syntax.items(List.of(window.on()), columns);
    on = items.isEmpty() ? SqlLiteral.createNull(HERE) : StepQuery.withoutName(items.get(0));
    micros = SqlLiteral.createExactNumeric(Long.toString(window.size().toNanos() / 1000), HERE);
  }

  /** The key. */
  SqlNode start() {
    return Operators.WINDOW_START.createCall(on.getParserPosition(), SqlNode.clone(on), micros);
  }

  /** What is selected before the keys: where the window starts and ends. */
  List<SqlNode> columns() {
    SqlIntervalQualifier unit = new SqlIntervalQualifier(TimeUnit.MICROSECOND, null, HERE);
    SqlNode end = SqlStdOperatorTable.TIMESTAMP_ADD.createCall(HERE, unit, micros, start());
    return List.of(StepQuery.as(start(), START), StepQuery.as(end, END));
  }

  /** Which rows are grouped: those that a filter keeps and that have a time. */
  Optional<SqlNode> condition(Optional<SqlNode> filter) {
    SqlNode inWindow = SqlStdOperatorTable.IS_NOT_NULL.createCall(HERE, SqlNode.clone(on));
    return Optional.of(filter.map(rows -> (SqlNode) SqlStdOperatorTable.AND.createCall(HERE, rows, inWindow))
        .orElse(inWindow));
  }
}
