package dev.samzabatch.sql;

import dev.samzabatch.data.Schema;
import dev.samzabatch.job.Reference;
import dev.samzabatch.job.StepSpec;
import dev.samzabatch.job.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Writes a step as the query that it is short for. */
final class StepQuery {

  private static final SqlParserPos HERE = SqlParserPos.ZERO;

  private final StepSpec step;
  private final Syntax syntax;
  private final Vocabulary vocabulary;

  StepQuery(StepSpec step, Syntax syntax, Vocabulary vocabulary) {
    this.step = step;
    this.syntax = syntax;
    this.vocabulary = vocabulary;
  }

  /** The whole step; problems go to the syntax. */
  SqlNode query() {
    Verb verb = step.verb();
    if (verb instanceof Verb.Sql sql) {
      return around(syntax.query(sql.query()));
    } else if (verb instanceof Verb.Aggregate aggregate) {
      return aggregate(aggregate);
    } else if (verb instanceof Verb.Join join) {
      List<String> names = new ArrayList<>(from());
      vocabulary.schema(join.right().name()).ifPresent(schema -> names.addAll(schema.names()));
      SqlNode query = new JoinQuery(step, join, syntax, vocabulary).query(filtered(), step.from().orElseThrow());
      return selected(query, names);
    } else if (verb instanceof Verb.Union union) {
      return around(union(union));
    } else if (verb instanceof Verb.Distinct) {
      SqlSelectBuilder select = SqlSelectBuilder.allOf(filtered());
      select.distinct();
      return selected(select.build(), from());
    } else if (verb instanceof Verb.Sort sort) {
      return selected(sort(sort), from());
    } else if (verb instanceof Verb.Repartition) {
      return SqlSelectBuilder.allOf(filtered()).build();
    }
    return pass();
  }

  /** The step's select on rows that a relation of the step's own gives; for the verb that is no query. */
  SqlNode selectFrom(String relation) {
    return selected(new SqlIdentifier(relation, HERE), from());
  }

  /** The rows of {@code from} before the verb. */
  private SqlNode filtered() {
    SqlNode table = table(step.from().orElseThrow());
    if (step.filter().isEmpty()) {
      return table;
    }
    SqlSelectBuilder select = SqlSelectBuilder.allOf(table);
    step.filter().ifPresent(filter -> select.where(syntax.expression(filter)));
    return as(select.build(), step.from().orElseThrow().name());
  }

  private SqlNode pass() {
    SqlSelectBuilder select = SqlSelectBuilder.allOf(table(step.from().orElseThrow()));
    step.filter().ifPresent(filter -> select.where(syntax.expression(filter)));
    select.items(syntax.items(step.select(), from()));
    return select.build();
  }

  private SqlNode aggregate(Verb.Aggregate verb) {
    SqlSelectBuilder select = SqlSelectBuilder.allOf(table(step.from().orElseThrow()));
    Optional<SqlNode> filter = step.filter().map(syntax::expression);
    Optional<WindowQuery> window = step.time().window().map(spec -> new WindowQuery(spec, syntax, from()));
    window.map(w -> w.condition(filter)).orElse(filter).ifPresent(select::where);
    List<SqlNode> keys = syntax.items(verb.by(), from());
    List<SqlNode> items = new ArrayList<>(window.map(WindowQuery::columns).orElse(List.of()));
    items.addAll(keys);
    items.addAll(syntax.items(verb.aggregates(), List.of()));
    select.items(items);
    List<SqlNode> groups = new ArrayList<>(window.map(w -> List.of(w.start())).orElse(List.of()));
    keys.forEach(key -> groups.add(withoutName(key)));
    if (!groups.isEmpty()) {
      select.groupBy(groups);
    }
    return selected(select.build(), items.stream().map(StepQuery::name).toList());
  }

  /** The name that an item gives its column. */
  private static String name(SqlNode item) {
    SqlNode named = item instanceof SqlCall call && item.getKind() == SqlKind.AS ? call.operand(1) : item;
    return named instanceof SqlIdentifier name ? name.names.get(name.names.size() - 1) : "";
  }

  static SqlNode withoutName(SqlNode item) {
    SqlNode value = item instanceof SqlCall call && item.getKind() == SqlKind.AS ? call.operand(0) : item;
    return SqlNode.clone(value);
  }

  private SqlNode union(Verb.Union verb) {
    Map<Reference, Schema> others = new LinkedHashMap<>();
    verb.relations().stream().skip(1)
        .forEach(other -> others.put(other, vocabulary.schema(other.name()).orElseThrow()));
    Reference first = verb.relations().get(0);
    Schema firstSchema = vocabulary.schema(first.name()).orElseThrow();
    new UnionColumns(step.name(), first, firstSchema).check(others).forEach(syntax::add);
    SqlNode all = null;
    for (Reference relation : verb.relations()) {
      SqlNode next = SqlSelectBuilder.allOf(table(relation)).build();
      all = all == null ? next : SqlStdOperatorTable.UNION_ALL.createCall(HERE, all, next);
    }
    return all;
  }

  private SqlNode sort(Verb.Sort verb) {
    SqlSelectBuilder select = SqlSelectBuilder.allOf(table(step.from().orElseThrow()));
    step.filter().ifPresent(filter -> select.where(syntax.expression(filter)));
    Optional<SqlNode> limit = verb.limit().isPresent()
        ? Optional.of(number(verb.limit().getAsLong()))
        : Optional.empty();
    Optional<SqlNode> offset = verb.offset() == 0 ? Optional.empty() : Optional.of(number(verb.offset()));
    select.orderBy(syntax.order(verb.by(), from()), offset, limit);
    return select.build();
  }

  private static SqlNode number(long value) {
    return SqlNumericLiteral.createExactNumeric(Long.toString(value), HERE);
  }

  /** The step's filter and select around a query that has no {@code from}. */
  private SqlNode around(SqlNode query) {
    if (step.filter().isEmpty() && step.select().isEmpty()) {
      return query;
    }
    SqlSelectBuilder select = SqlSelectBuilder.allOf(as(query, step.name()));
    step.filter().ifPresent(filter -> select.where(syntax.expression(filter)));
    select.items(syntax.items(step.select(), List.of()));
    return select.build();
  }

  /** The step's select around its verb. */
  private SqlNode selected(SqlNode query, Collection<String> columns) {
    if (step.select().isEmpty()) {
      return query;
    }
    SqlSelectBuilder select = SqlSelectBuilder.allOf(as(query, step.name()));
    select.items(syntax.items(step.select(), columns));
    return select.build();
  }

  private List<String> from() {
    return vocabulary.schema(step.from().orElseThrow().name()).orElseThrow().names();
  }

  static SqlNode table(Reference relation) {
    return new SqlIdentifier(relation.name(), HERE);
  }

  static SqlNode as(SqlNode query, String name) {
    return SqlStdOperatorTable.AS.createCall(HERE, query, new SqlIdentifier(name, HERE));
  }
}
