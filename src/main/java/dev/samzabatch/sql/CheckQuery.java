package dev.samzabatch.sql;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.job.CheckSpec;
import dev.samzabatch.sql.rewrite.DistinctNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** Makes the operators that give the {@link CheckFigures} of a check. */
final class CheckQuery {

  private static final String ROWS = CheckFigures.SCHEMA.field(0).name();
  private static final String GOOD = CheckFigures.SCHEMA.field(1).name();

  private final CheckSpec check;
  private final String who;
  private final OperatorSpec rows;
  private final FrontEnd frontEnd;
  private final Vocabulary vocabulary;
  private final List<Problem> problems = new ArrayList<>();

  CheckQuery(CheckSpec check, OperatorSpec rows, FrontEnd frontEnd, Vocabulary vocabulary) {
    this.check = check;
    this.who = "check \"" + check.name() + "\"";
    this.rows = rows;
    this.frontEnd = frontEnd;
    this.vocabulary = vocabulary;
  }

  List<Problem> problems() {
    return problems;
  }

  /** The operator that gives one row of figures; empty when there are problems. */
  Optional<OperatorSpec> figures() {
    if (check.rule() instanceof CheckSpec.Unique unique) {
      return new ColumnNames(who, check.on().name(), rows.schema()).indexes(unique.columns(), problems)
          .map(this::differentKeys).filter(figures -> canBeComputed(figures, unique));
    } else if (check.rule() instanceof CheckSpec.TrueFor share) {
      return condition(share).map(conditions -> total(conditions, count(-1, ROWS), count(0, GOOD)));
    }
    return Optional.of(total(rows, count(-1, ROWS), count(-1, GOOD)));
  }

  private boolean canBeComputed(OperatorSpec figures, CheckSpec.Unique unique) {
    try {
      KernelCheck.check(check.name(), figures);
      return true;
    } catch (UnsupportedSqlException e) {
      problems.add(unique.columns().get(0)
          .error("SB-2013", who + ": " + e.getMessage() + " is not supported", e.hint()));
      return false;
    }
  }

  private OperatorSpec differentKeys(List<Integer> keys) {
    List<Field> fields = new ArrayList<>();
    keys.forEach(key -> fields.add(rows.schema().field(key)));
    String name = DistinctNames.other(ROWS, rows.schema().names());
    fields.add(Field.required(name, ScalarType.LONG));
    OperatorSpec groups = new OperatorSpec.Aggregate(check.name(), rows, keys, List.of(count(-1, name)),
        new Schema(fields), OptionalInt.empty());
    AggregateCall sum = new AggregateCall(AggregateFunction.SUM_OR_ZERO, keys.size(), ScalarType.LONG, false, -1, ROWS,
        ScalarType.LONG, false);
    return total(groups, sum, count(-1, GOOD));
  }

  /** A relation with the condition as its only column. */
  private Optional<OperatorSpec> condition(CheckSpec.TrueFor share) {
    StepTexts texts = new StepTexts(check.place());
    Syntax syntax = new Syntax(texts, vocabulary);
    SqlSelectBuilder select = SqlSelectBuilder.allOf(StepQuery.table(check.on()));
    SqlNode condition = syntax.expression(share.condition());
    select.items(List.of(StepQuery.as(condition, GOOD)));
    problems.addAll(syntax.problems());
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    Messages messages = new Messages(vocabulary, Set.of(check.on().name()));
    StepCompiler compiler = new StepCompiler(frontEnd, check.name(), who, texts, messages);
    Optional<OperatorSpec> found = compiler.compile(select.build(), OptionalInt.empty());
    problems.addAll(compiler.problems());
    if (found.isPresent() && found.get().schema().type(0) != ScalarType.BOOLEAN) {
      problems.add(share.condition().error("SB-2008", who + ": a condition is true or false, "
          + "this is " + Messages.withArticle(found.get().schema().type(0).toString()),
          "compare with something: ... = 1, ... is not null"));
      return Optional.empty();
    }
    return found;
  }

  private OperatorSpec total(OperatorSpec input, AggregateCall first, AggregateCall second) {
    return new OperatorSpec.Aggregate(check.name(), input, List.of(), List.of(first, second), CheckFigures.SCHEMA,
        OptionalInt.empty());
  }

  private static AggregateCall count(int filter, String name) {
    return new AggregateCall(
        AggregateFunction.COUNT, -1, ScalarType.LONG, false, filter, name, ScalarType.LONG, false);
  }
}
