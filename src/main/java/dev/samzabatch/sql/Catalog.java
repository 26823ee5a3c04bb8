package dev.samzabatch.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlMoniker;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * What SQL may name: the tables of one job, and the type names of schema strings. Names match in any case, until there
 * are two that differ in nothing else: from then on case counts.
 */
final class Catalog implements Prepare.CatalogReader {

  private final TypeFactory types;
  private final Set<String> tableNames = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private SqlNameMatcher matcher = SqlNameMatchers.withCaseSensitive(false);
  private final CalciteSchema root = CalciteSchema.createRootSchema(false, false);

  Catalog(TypeFactory types) {
    this.types = types;
  }

  void add(String name, RelationTable table) {
    root.add(name, table);
    Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    columns.addAll(table.spec().schema().names());
    if (!tableNames.add(name) || columns.size() < table.spec().schema().size()) {
      matcher = SqlNameMatchers.withCaseSensitive(true);
    }
  }

  @Override
  public Prepare.PreparingTable getTable(List<String> names) {
    CalciteSchema.TableEntry entry =
        names.size() == 1 ? root.getTable(names.get(0), matcher.isCaseSensitive()) : null;
    return entry == null ? null : (RelationTable) entry.getTable();
  }

  @Override
  public Prepare.PreparingTable getTableForMember(List<String> names) {
    return getTable(names);
  }

  @Override
  public RelDataType getNamedType(SqlIdentifier name) {
    SqlTypeName type = name.isSimple() ? namedType(name.getSimple().toLowerCase(Locale.ROOT)) : null;
    return type == null ? null : types.createSqlType(type);
  }

  private static SqlTypeName namedType(String name) {
    return switch (name) {
      case "string", "text" -> SqlTypeName.VARCHAR;
      case "long" -> SqlTypeName.BIGINT;
      case "bytes" -> SqlTypeName.VARBINARY;
      case "bool" -> SqlTypeName.BOOLEAN;
      default -> null;
    };
  }

  @Override
  public Catalog withSchemaPath(List<String> path) {
    return this;
  }

  @Override
  public List<List<String>> getSchemaPaths() {
    return List.of(List.of());
  }

  @Override
  public List<SqlMoniker> getAllSchemaObjectNames(List<String> names) {
    return List.of();
  }

  @Override
  public SqlNameMatcher nameMatcher() {
    return matcher;
  }

  @Override
  public RelDataType createTypeFromProjection(RelDataType type, List<String> columns) {
    return SqlValidatorUtil.createTypeFromProjection(type, columns, types, matcher.isCaseSensitive());
  }

  @Override
  public CalciteSchema getRootSchema() {
    return root;
  }

  @Override
  public CalciteConnectionConfig getConfig() {
    return CalciteConnectionConfig.DEFAULT;
  }

  @Override
  public RelDataTypeFactory getTypeFactory() {
    return types;
  }

  @Override
  public void registerRules(RelOptPlanner planner) {
    // There are none: plans are rewritten after Calcite.
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher names) {
    // Functions are in the operator table.
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return List.of();
  }

  @Override
  public <C> C unwrap(Class<C> type) {
    return type.isInstance(this) ? type.cast(this) : null;
  }

  @Override
  @Deprecated
  public RelDataTypeField field(RelDataType rowType, String name) {
    return matcher.field(rowType, name);
  }

  @Override
  @Deprecated
  public boolean matches(String one, String other) {
    return matcher.matches(one, other);
  }

  @Override
  @Deprecated
  public boolean isCaseSensitive() {
    return matcher.isCaseSensitive();
  }
}
