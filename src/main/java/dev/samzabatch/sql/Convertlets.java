package dev.samzabatch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * Calls that Calcite would turn into other calls, or does not know, go through as they are, since we compute them as
 * such.
 */
final class Convertlets implements SqlRexConvertletTable {

  private static final Set<SqlKind> AS_THEY_ARE = Set.of(SqlKind.MOD, SqlKind.COALESCE, SqlKind.FLOOR, SqlKind.CEIL,
      SqlKind.EXTRACT, SqlKind.TIMESTAMP_ADD, SqlKind.TIMESTAMP_DIFF, SqlKind.IS_DISTINCT_FROM,
      SqlKind.IS_NOT_DISTINCT_FROM);

  @Override
  public SqlRexConvertlet get(SqlCall call) {
    return AS_THEY_ARE.contains(call.getKind()) || call.getOperator() == Operators.LENGTH
        ? Convertlets::asItIs
        : StandardConvertletTable.INSTANCE.get(call);
  }

  private static RexNode asItIs(SqlRexContext context, SqlCall call) {
    RexBuilder builder = context.getRexBuilder();
    List<RexNode> operands = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      operands.add(operand instanceof SqlIntervalQualifier unit
          ? builder.makeFlag(unit.timeUnitRange)
          : context.convertExpression(operand));
    }
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return builder.makeCall(type, call.getOperator(), operands);
  }
}
