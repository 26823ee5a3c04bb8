package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds what is SQL but not supported, with its place: better said before anything else is. */
final class Refusals extends SqlBasicVisitor<Void> {

  private static final String ONE_STEP_A_PART = "write it as several steps";

  private static final Map<SqlKind, String> NOT_SUPPORTED = Map.ofEntries(
      Map.entry(SqlKind.OVER, "a window function (OVER)"),
      Map.entry(SqlKind.WINDOW, "a window function (WINDOW)"),
      Map.entry(SqlKind.INTERSECT, "INTERSECT"),
      Map.entry(SqlKind.EXCEPT, "EXCEPT"),
      Map.entry(SqlKind.VALUES, "VALUES"),
      Map.entry(SqlKind.UNNEST, "UNNEST"),
      Map.entry(SqlKind.LATERAL, "LATERAL"),
      Map.entry(SqlKind.TABLESAMPLE, "TABLESAMPLE"),
      Map.entry(SqlKind.MATCH_RECOGNIZE, "MATCH_RECOGNIZE"),
      Map.entry(SqlKind.PIVOT, "PIVOT"),
      Map.entry(SqlKind.UNPIVOT, "UNPIVOT"),
      Map.entry(SqlKind.SNAPSHOT, "FOR SYSTEM_TIME"),
      Map.entry(SqlKind.COLLECTION_TABLE, "a table function"),
      Map.entry(SqlKind.EXTEND, "EXTEND"),
      Map.entry(SqlKind.ROLLUP, "ROLLUP"),
      Map.entry(SqlKind.CUBE, "CUBE"),
      Map.entry(SqlKind.GROUPING_SETS, "GROUPING SETS"),
      Map.entry(SqlKind.WITHIN_GROUP, "WITHIN GROUP"),
      Map.entry(SqlKind.WITHIN_DISTINCT, "WITHIN DISTINCT"),
      Map.entry(SqlKind.IGNORE_NULLS, "IGNORE NULLS"),
      Map.entry(SqlKind.RESPECT_NULLS, "RESPECT NULLS"),
      Map.entry(SqlKind.SOME, "ANY or SOME with a query"),
      Map.entry(SqlKind.ALL, "ALL with a query"),
      Map.entry(SqlKind.ARRAY_VALUE_CONSTRUCTOR, "an array made of values"),
      Map.entry(SqlKind.MAP_VALUE_CONSTRUCTOR, "a map made of values"),
      Map.entry(SqlKind.ARRAY_QUERY_CONSTRUCTOR, "an array made by a query"),
      Map.entry(SqlKind.MULTISET_VALUE_CONSTRUCTOR, "a multiset"),
      Map.entry(SqlKind.LITERAL_CHAIN, "one string right behind another"),
      Map.entry(SqlKind.SIMILAR, "SIMILAR TO"),
      Map.entry(SqlKind.OVERLAPS, "OVERLAPS"),
      Map.entry(SqlKind.CONTAINS, "CONTAINS"),
      Map.entry(SqlKind.NEXT_VALUE, "NEXT VALUE"));

  private static final Map<SqlKind, String> INSTEAD = Map.of(
      SqlKind.INTERSECT, "write a semi-join step on all columns, and distinct",
      SqlKind.EXCEPT, "write an anti-join step on all columns, and distinct",
      SqlKind.VALUES, "put the rows into a small file and read it as an input",
      SqlKind.ROLLUP, "write a step for each grouping, and their union",
      SqlKind.CUBE, "write a step for each grouping, and their union",
      SqlKind.GROUPING_SETS, "write a step for each grouping, and their union",
      SqlKind.LITERAL_CHAIN, "write one string, or || between them",
      SqlKind.OVER, "group in a step of its own and join with it");

  /** They would have another value when a part of the run is repeated. */
  private static final Set<String> NOT_REPEATABLE = Set.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP",
      "LOCALTIME", "LOCALTIMESTAMP", "NOW", "RAND", "RANDOM", "RAND_INTEGER", "UUID", "CURRENT_DATETIME");

  private final StepTexts texts;
  private final List<Problem> problems;

  Refusals(StepTexts texts, List<Problem> problems) {
    this.texts = texts;
    this.problems = problems;
  }

  @Override
  public Void visit(SqlCall call) {
    SqlKind kind = call.getKind();
    if (NOT_SUPPORTED.containsKey(kind)) {
      refuse(call, NOT_SUPPORTED.get(kind), INSTEAD.getOrDefault(kind, ONE_STEP_A_PART));
      return null;
    } else if (kind.belongsTo(SqlKind.DML) || kind.belongsTo(SqlKind.DDL)) {
      refuse(call, kind.sql, "a step is a query; what is written stands under outputs");
      return null;
    } else if (NOT_REPEATABLE.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))) {
      notRepeatable(call, call.getOperator().getName());
      return null;
    }
    checkParts(call);
    return super.visit(call);
  }

  private void checkParts(SqlCall call) {
    if (call instanceof SqlSelect select) {
      if (select.getQualify() != null) {
        refuse(select.getQualify(), "QUALIFY", ONE_STEP_A_PART);
      }
      if (select.hasHints()) {
        refuse(select.getHints(), "a hint", "leave it out");
      }
    } else if (call instanceof SqlTableRef table) {
      refuse(table, "a hint", "leave it out");
    } else if (call instanceof SqlWith with && with.withList.stream().anyMatch(Refusals::isRecursive)) {
      refuse(with, "WITH RECURSIVE", ONE_STEP_A_PART);
    } else if (call instanceof SqlJoin join) {
      checkJoin(join);
    }
  }

  private static boolean isRecursive(SqlNode item) {
    return item instanceof SqlWithItem with && with.recursive.booleanValue();
  }

  private void checkJoin(SqlJoin join) {
    switch (join.getJoinType()) {
      case INNER, LEFT, RIGHT, FULL, CROSS, COMMA -> {
      }
      case LEFT_SEMI_JOIN, LEFT_ANTI_JOIN, ASOF, LEFT_ASOF ->
          refuse(join, join.getJoinType().name().replace('_', ' ') + " JOIN",
              "write it as a step with semi-join or anti-join");
    }
  }

  @Override
  public Void visit(SqlIdentifier name) {
    if (name.isSimple() && NOT_REPEATABLE.contains(name.getSimple().toUpperCase(Locale.ROOT))
        && !name.isComponentQuoted(0) && isSystemName(name.getSimple())) {
      notRepeatable(name, name.getSimple());
    }
    return null;
  }

  private static boolean isSystemName(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("CURRENT_") || upper.startsWith("LOCALTIME");
  }

  @Override
  public Void visit(SqlDataTypeSpec type) {
    String name = type.getTypeName().toString().toUpperCase(Locale.ROOT);
    String written = type.toString().toUpperCase(Locale.ROOT);
    if (name.equals("CHAR") || name.equals("BINARY") || name.contains("VAR") && written.contains("(")) {
      refuse(type, written, "strings and bytes have no length here: write string or bytes, and substring to cut");
    } else if (name.equals("TINYINT") || name.equals("SMALLINT")) {
      refuse(type, written, "write int");
    } else if (written.contains("TIME ZONE") || name.contains("_TZ")) {
      refuse(type, written, "write timestamp; it has no zone");
    } else if (name.startsWith("TIME") && written.contains("(")) {
      refuse(type, written, "write it without digits: it holds microseconds");
    } else if (type.getCollectionsTypeName() != null) {
      refuse(type, written, "arrays and rows come from inputs only");
    }
    return null;
  }

  @Override
  public Void visit(SqlDynamicParam param) {
    refuse(param, "a ? parameter", "write {name} and declare it under params");
    return null;
  }

  private void notRepeatable(SqlNode node, String name) {
    problems.add(texts.error("SB-2014", node.getParserPosition(),
        name.toLowerCase(Locale.ROOT) + " would change when a part of the run is repeated",
        "write a param instead, for example {day} with default = today, or {run.start}"));
  }

  private void refuse(SqlNode node, String what, String hint) {
    SqlParserPos position = node.getParserPosition();
    problems.add(texts.error("SB-2013", position, what + " is not supported", hint));
  }
}
