package dev.samzabatch.sql;

import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Which values change their type unasked: numbers to wider numbers, dates to timestamps, and strings that are compared
 * with dates, times or timestamps. A string never becomes a number, nor a number a string.
 */
final class StrictCoercion extends TypeCoercionImpl {

  StrictCoercion(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  /** What CAST may cast: what the standard says, and booleans to numbers. */
  static SqlTypeCoercionRule casts() {
    Map<SqlTypeName, ImmutableSet<SqlTypeName>> from = new HashMap<>(SqlTypeCoercionRule.instance().getTypeMapping());
    for (SqlTypeName number : SqlTypeName.NUMERIC_TYPES) {
      from.computeIfPresent(number,
          (name, types) -> ImmutableSet.<SqlTypeName>builder().addAll(types).add(SqlTypeName.BOOLEAN).build());
    }
    return SqlTypeCoercionRule.instance(from);
  }

  @Override
  public boolean binaryComparisonCoercion(SqlCallBinding binding) {
    for (int i = 1; i < binding.getOperandCount(); i++) {
      if (!kindred(binding.getOperandType(0), binding.getOperandType(i))) {
        throw binding.newValidationSignatureError();
      }
    }
    return super.binaryComparisonCoercion(binding);
  }

  @Override
  public RelDataType commonTypeForBinaryComparison(RelDataType one, RelDataType other) {
    if (one == null || other == null || !kindred(one, other)) {
      return null;
    }
    return super.commonTypeForBinaryComparison(one, other);
  }

  private static boolean kindred(RelDataType one, RelDataType other) {
    boolean stringAndTime = SqlTypeUtil.isCharacter(one) && SqlTypeUtil.isDatetime(other)
        || SqlTypeUtil.isDatetime(one) && SqlTypeUtil.isCharacter(other);
    return stringAndTime || sameFamily(one, other);
  }

  private static boolean sameFamily(RelDataType one, RelDataType other) {
    if (isAnything(one) || isAnything(other)) {
      return true;
    }
    return SqlTypeUtil.isNumeric(one) && SqlTypeUtil.isNumeric(other)
        || SqlTypeUtil.isDatetime(one) && SqlTypeUtil.isDatetime(other)
        || one.getSqlTypeName().getFamily() == other.getSqlTypeName().getFamily();
  }

  private static boolean isAnything(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return name == SqlTypeName.NULL || name == SqlTypeName.UNKNOWN || name == SqlTypeName.ANY;
  }

  @Override
  protected boolean binaryArithmeticWithStrings(SqlCallBinding binding, RelDataType left, RelDataType right) {
    return false;
  }

  @Override
  protected boolean booleanEquality(SqlCallBinding binding, RelDataType left, RelDataType right) {
    return false;
  }

  @Override
  public RelDataType getWiderTypeForTwo(RelDataType one, RelDataType other, boolean toString) {
    return one == null || other == null || !sameFamily(one, other) ? null : super.getWiderTypeForTwo(one, other, false);
  }

  @Override
  public RelDataType getWiderTypeFor(List<RelDataType> types, boolean toString) {
    return super.getWiderTypeFor(types, false);
  }

  @Override
  public RelDataType implicitCast(RelDataType from, SqlTypeFamily expected) {
    RelDataType to = super.implicitCast(from, expected);
    return to == null || sameFamily(from, to) ? to : null;
  }
}
