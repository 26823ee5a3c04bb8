package dev.samzabatch.sql;

import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/**
 * The dialect: how SQL is read, checked and turned into relations by Calcite. Names are quoted with double quotes, keep
 * their case and match in any case; GROUP BY may name an alias or a position; nulls come last unless ORDER BY says
 * otherwise.
 */
final class FrontEnd {

  static final SqlParser.Config PARSER = SqlParser.config()
      .withQuoting(Quoting.DOUBLE_QUOTE)
      .withUnquotedCasing(Casing.UNCHANGED)
      .withQuotedCasing(Casing.UNCHANGED)
      .withCaseSensitive(false)
      .withIdentifierMaxLength(1000)
      .withConformance(SqlConformanceEnum.LENIENT);

  private static final SqlValidator.Config VALIDATOR = SqlValidator.Config.DEFAULT
      .withConformance(SqlConformanceEnum.LENIENT)
      .withDefaultNullCollation(NullCollation.LAST)
      .withIdentifierExpansion(true)
      .withTypeCoercionFactory(StrictCoercion::new)
      .withTypeCoercionRules(StrictCoercion.casts());

  private static final SqlToRelConverter.Config CONVERTER = SqlToRelConverter.config()
      .withExpand(false)
      .withTrimUnusedFields(false)
      .withDecorrelationEnabled(false)
      .withRemoveSortInSubQuery(false)
      .withInSubQueryThreshold(Integer.MAX_VALUE)
      .withAddJsonTypeOperatorEnabled(false)
      .withRelBuilderConfigTransform(
          config -> config.withSimplify(false).withSimplifyLimit(false).withPruneInputOfAggregate(false));

  private final TypeFactory types = new TypeFactory();
  private final Catalog catalog = new Catalog(types);

  Catalog catalog() {
    return catalog;
  }

  TypeFactory types() {
    return types;
  }

  /**
   * Checks a query and turns it into relations.
   *
   * @throws org.apache.calcite.runtime.CalciteContextException when it is wrong
   */
  Converted convert(SqlNode query) {
    SqlValidator validator = SqlValidatorUtil.newValidator(Operators.table(), catalog, types, VALIDATOR);
    boolean star = StarColumns.hasStar(query);
    SqlNode checked = validator.validate(query);
    RelDataType named = validator.getValidatedNodeType(checked);
    RelOptCluster cluster = RelOptCluster.create(new NoPlanner(), new RexBuilder(types));
    cluster.setMetadataQuerySupplier(NoMetadata::new);
    SqlToRelConverter converter = new SqlToRelConverter(
        (rowType, text, schemaPath, viewPath) -> {
          throw new IllegalStateException("there are no views");
        },
        validator, catalog, cluster, new Convertlets(), CONVERTER);
    RelRoot root = converter.convertQuery(checked, false, true);
    return new Converted(root, named.getFieldNames(), star ? StarColumns.renamed(checked) : List.of());
  }

  /**
   * A query as relations.
   *
   * @param root the relations; it may have more columns than the query (to order by), see {@link RelRoot#fields}
   * @param names the names of the query's columns, duplicates included
   * @param renamed the names of columns that a star gave twice
   */
  record Converted(RelRoot root, List<String> names, List<String> renamed) {}
}
