package dev.samzabatch.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Copies a query, and puts a value of any type where something wrong stood, so that Calcite, which stops at the first
 * mistake and changes what it checks, can be asked for the next one.
 */
final class Repairs extends SqlShuttle {

  private final List<SqlParserPos> wrong = new ArrayList<>();
  private int used;

  /** Takes note of a mistake; its place is repaired from now on. */
  void add(SqlParserPos place) {
    wrong.add(place);
  }

  /** How many mistakes there are. */
  int size() {
    return wrong.size();
  }

  /** A copy of the query with a value in the place of every mistake. */
  SqlNode repair(SqlNode query) {
    used = 0;
    return query.accept(this);
  }

  /** Whether the last copy is without every mistake known. */
  boolean areComplete() {
    return used >= wrong.size();
  }

  @Override
  public SqlNode visit(SqlIdentifier name) {
    if (isWrong(name)) {
      return anything(name.getParserPosition());
    }
    return name.clone(name.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlCall call) {
    if (isWrong(call) && !SqlKind.QUERY.contains(call.getKind()) && call.getKind() != SqlKind.AS) {
      return anything(call.getParserPosition());
    }
    CallCopyingArgHandler copy = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, copy);
    return copy.result();
  }

  @Override
  public SqlNode visit(SqlNodeList list) {
    List<SqlNode> copies = new ArrayList<>();
    for (SqlNode node : list) {
      copies.add(node == null ? null : node.accept(this));
    }
    return new SqlNodeList(copies, list.getParserPosition());
  }

  private boolean isWrong(SqlNode node) {
    SqlParserPos at = node.getParserPosition();
    for (SqlParserPos place : wrong) {
      boolean inside = place.getLineNum() == at.getLineNum() && place.getColumnNum() >= at.getColumnNum()
          && place.getEndLineNum() == at.getEndLineNum() && place.getEndColumnNum() <= at.getEndColumnNum();
      if (place.equals(at) || node instanceof SqlIdentifier && inside) {
        used++;
        return true;
      }
    }
    return false;
  }

  /** A null that fits wherever a value does. */
  static SqlNode anything(SqlParserPos place) {
    SqlDataTypeSpec any = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.ANY, place), place);
    return SqlStdOperatorTable.CAST.createCall(place, SqlLiteral.createNull(place), any);
  }
}
