package dev.samzabatch.sql;

import dev.samzabatch.data.Schema;
import dev.samzabatch.job.Reference;
import dev.samzabatch.job.SqlText;
import dev.samzabatch.job.StepSpec;
import dev.samzabatch.job.Verb;
import dev.samzabatch.job.Verb.Join.Kind;
import dev.samzabatch.job.WithinSpec;
import dev.samzabatch.sql.rewrite.DistinctNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Writes a join verb as a query: the key columns once, under their left names, then the other left columns, then the
 * other right ones; for semi and anti joins the left relation as it is.
 */
final class JoinQuery {

  private static final SqlParserPos HERE = SqlParserPos.ZERO;

  private final String step;
  private final Optional<WithinSpec> within;
  private final Verb.Join join;
  private final Syntax syntax;
  private final Schema right;
  private final String rightName;
  private final Vocabulary vocabulary;

  JoinQuery(StepSpec step, Verb.Join join, Syntax syntax, Vocabulary vocabulary) {
    this.step = step.name();
    this.within = step.time().within();
    this.join = join;
    this.syntax = syntax;
    this.vocabulary = vocabulary;
    this.right = vocabulary.schema(join.right().name()).orElseThrow();
    this.rightName = join.right().name();
  }

  /** The query; {@code left} gives the rows of {@code from} that its filter keeps. */
  SqlNode query(SqlNode left, Reference from) {
    Schema leftSchema = vocabulary.schema(from.name()).orElseThrow();
    List<Key> keys = keys(leftSchema, from.name());
    if (keys.size() < join.on().size()) {
      return left;
    }
    String rightAlias = rightName.equalsIgnoreCase(from.name()) ? DistinctNames.other(rightName, Set.of()) : rightName;
    SqlNode rightTable = StepQuery.as(StepQuery.table(join.right()), rightAlias);
    SqlNode condition = condition(keys, from.name(), rightAlias);
    if (within.isPresent()) {
      condition = SqlStdOperatorTable.AND.createCall(HERE, condition,
          near(leftSchema, from.name(), rightAlias, keys.get(0).text()));
    }
    if (join.kind() == Kind.SEMI || join.kind() == Kind.ANTI) {
      return matching(left, rightTable, condition);
    }
    refuseClashes(leftSchema, keys, from.name());
    SqlNode joined = new SqlJoin(HERE, left, SqlLiteral.createBoolean(false, HERE), joinType().symbol(HERE), rightTable,
        JoinConditionType.ON.symbol(HERE), condition);
    SqlSelectBuilder select = SqlSelectBuilder.allOf(joined);
    select.items(items(leftSchema, keys, from.name(), rightAlias));
    return select.build();
  }

  private SqlNode matching(SqlNode left, SqlNode rightTable, SqlNode condition) {
    SqlSelectBuilder matches = SqlSelectBuilder.allOf(rightTable);
    matches.where(condition);
    SqlNode exists = SqlStdOperatorTable.EXISTS.createCall(HERE, matches.build());
    SqlSelectBuilder select = SqlSelectBuilder.allOf(left);
    select.where(join.kind() == Kind.SEMI ? exists : SqlStdOperatorTable.NOT.createCall(HERE, exists));
    return select.build();
  }

  private JoinType joinType() {
    return switch (join.kind()) {
      case INNER, SEMI, ANTI -> JoinType.INNER;
      case LEFT -> JoinType.LEFT;
      case RIGHT -> JoinType.RIGHT;
      case FULL -> JoinType.FULL;
    };
  }

  private record Key(String left, String right, SqlText text) {}

  private List<Key> keys(Schema leftSchema, String leftName) {
    List<Key> keys = new ArrayList<>();
    for (Verb.JoinKey key : join.on()) {
      Optional<String> one = column(key.left(), leftSchema, leftName, key.text());
      Optional<String> other = column(key.right(), right, rightName, key.text());
      if (one.isPresent() && other.isPresent()) {
        keys.add(new Key(one.get(), other.get(), key.text()));
      }
    }
    return keys;
  }

  private Optional<String> column(String name, Schema schema, String relation, SqlText text) {
    ColumnNames names = new ColumnNames("step \"" + step + "\"", relation, schema);
    Optional<Integer> index = names.index(name);
    if (index.isEmpty()) {
      syntax.add(names.unknown(name, text));
    }
    return index.map(column -> schema.field(column).name());
  }

  private SqlNode condition(List<Key> keys, String leftName, String rightAlias) {
    SqlNode all = null;
    for (Key key : keys) {
      SqlNode one = syntax.name(key.text(), leftName, key.left());
      SqlNode equal = SqlStdOperatorTable.EQUALS.createCall(
          one.getParserPosition(), one, new SqlIdentifier(List.of(rightAlias, key.right()), one.getParserPosition()));
      all = all == null ? equal : SqlStdOperatorTable.AND.createCall(HERE, all, equal);
    }
    return all;
  }

  /** That two rows are no further apart in time than is asked for, either way. */
  private SqlNode near(Schema leftSchema, String leftName, String rightAlias, SqlText text) {
    WithinSpec spec = within.orElseThrow();
    String one = column(spec.left(), leftSchema, leftName, text).orElse(spec.left());
    String other = column(spec.right(), right, rightName, text).orElse(spec.right());
    List<String> left = List.of(leftName, one);
    List<String> there = List.of(rightAlias, other);
    return SqlStdOperatorTable.AND.createCall(HERE, notAfter(left, there), notAfter(there, left));
  }

  private SqlNode notAfter(List<String> time, List<String> other) {
    SqlNode most = SqlLiteral.createExactNumeric(Long.toString(within.orElseThrow().most().toNanos() / 1000), HERE);
    SqlIntervalQualifier unit = new SqlIntervalQualifier(TimeUnit.MICROSECOND, null, HERE);
    SqlNode latest =
        SqlStdOperatorTable.TIMESTAMP_ADD.createCall(HERE, unit, most, new SqlIdentifier(other, HERE));
    return SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(HERE, new SqlIdentifier(time, HERE), latest);
  }

  private List<SqlNode> items(Schema leftSchema, List<Key> keys, String leftName, String rightAlias) {
    List<SqlNode> items = new ArrayList<>();
    for (Key key : keys) {
      SqlNode one = new SqlIdentifier(List.of(leftName, key.left()), HERE);
      SqlNode other = new SqlIdentifier(List.of(rightAlias, key.right()), HERE);
      items.add(switch (join.kind()) {
        case INNER, LEFT, SEMI, ANTI -> one;
        case RIGHT -> StepQuery.as(other, key.left());
        case FULL -> StepQuery.as(Operators.COALESCE.createCall(HERE, one, other), key.left());
      });
    }
    addOthers(items, leftSchema, leftName, keys.stream().map(Key::left).toList());
    addOthers(items, right, rightAlias, keys.stream().map(Key::right).toList());
    return items;
  }

  private static void addOthers(List<SqlNode> items, Schema schema, String relation, List<String> keys) {
    for (String name : schema.names()) {
      if (!keys.contains(name)) {
        items.add(new SqlIdentifier(List.of(relation, name), HERE));
      }
    }
  }

  private void refuseClashes(Schema leftSchema, List<Key> keys, String leftName) {
    Set<String> both = new TreeSet<>(leftSchema.names());
    Set<String> others = new TreeSet<>(right.names());
    keys.forEach(key -> others.remove(key.right()));
    both.retainAll(others);
    if (!both.isEmpty()) {
      String first = both.iterator().next();
      syntax.add(keys.get(0).text().error("SB-2006", "step \"" + step + "\": both " + leftName + " and " + rightName
          + " have " + (both.size() == 1 ? "a column " : "columns ") + String.join(", ", both),
          "rename one in a step before: select = [..., \"" + first + " as other_" + first
              + "\"], or join in an sql step"));
    }
  }
}
