package dev.samzabatch.plan;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Accumulators;
import dev.samzabatch.expr.AggregateCall;
import java.util.ArrayList;
import java.util.List;

/**
 * What each kind of operator appends to its changelogs: for every changelog the schema and how many parts a task has.
 * Operators with states that are split by key have {@value #BUCKETS} parts, by the hash of the key, so that each can be
 * worked on by itself when all together do not fit memory.
 *
 * <pre>
 * grouping           states: keys, then states of the calls; a part a bucket
 * ... without end    states, as above; one part, begun anew now and then
 * ... with distinct  rows: the input; a part a bucket
 * distinct           keys: those passed on, a part a bucket; then those not yet passed on, a part a bucket
 * join               build rows: part 0 while they fit memory, then a part a bucket
 *                    probe rows: a part a bucket
 *                    matches: numbers of build rows that have matched, in part 0
 * ... without end    left rows, right rows, matches of the left ones, matches of the right ones: slices of time and
 *                    numbers of rows in them; a part each, begun anew now and then
 * order by           sorted runs: number of the run, then the columns; one part
 * </pre>
 *
 * Partial groupings have none: what they hold they emit before a commit.
 */
public final class StateLayout {

  /** Into how many buckets keys are divided. */
  public static final int BUCKETS = 32;

  /** One changelog of an operator. */
  record Layout(Schema schema, int parts) {}

  private StateLayout() {}

  /**
   * The changelogs of an operator, in the order in which it is given them.
   *
   * @param inputs schemas of what its ports are given
   */
  static List<Layout> of(PlannedOperator operator, List<Schema> inputs) {
    if (operator.work() instanceof Work.Aggregate aggregate && aggregate.mode() != Work.AggregateMode.PARTIAL) {
      return grouped(aggregate, inputs.get(0));
    }
    if (operator.work() instanceof Work.WindowAggregate windows
        && windows.grouping().mode() != Work.AggregateMode.PARTIAL) {
      return List.of(new Layout(states(windows.grouping(), inputs.get(0)), 1));
    }
    if (operator.work() instanceof Work.UpdatingAggregate updating) {
      return List.of(new Layout(states(updating.grouping(), inputs.get(0)), 1));
    }
    if (operator.work() instanceof Work.IntervalJoin) {
      Schema matches =
          Schema.of(Field.required("slice", ScalarType.LONG), Field.required("row", ScalarType.LONG));
      return List.of(new Layout(inputs.get(0), 1), new Layout(inputs.get(1), 1), new Layout(matches, 1),
          new Layout(matches, 1));
    }
    if (operator.work() instanceof Work.Join) {
      Schema matches = Schema.of(Field.required("row", ScalarType.LONG));
      return List.of(
          new Layout(inputs.get(0), 1 + BUCKETS), new Layout(inputs.get(1), BUCKETS), new Layout(matches, 1));
    }
    if (operator.work() instanceof Work.Sort sort && !sort.keys().isEmpty()) {
      return List.of(new Layout(runs(operator.schema()), 1));
    }
    return List.of();
  }

  private static List<Layout> grouped(Work.Aggregate work, Schema input) {
    if (work.calls().isEmpty() && !work.keys().isEmpty()) {
      int[] keys = work.keys().stream().mapToInt(Integer::intValue).toArray();
      return List.of(new Layout(input.project(keys), 2 * BUCKETS));
    }
    int buckets = work.keys().isEmpty() ? 1 : BUCKETS;
    if (work.calls().stream().anyMatch(AggregateCall::distinct)) {
      return List.of(new Layout(input, buckets));
    }
    return List.of(new Layout(states(work, input), buckets));
  }

  private static Schema states(Work.Aggregate work, Schema input) {
    return work.mode() == Work.AggregateMode.FINAL ? input : states(work.keys(), work.calls(), input);
  }

  /** Keys, then the columns of every call's state. */
  static Schema states(List<Integer> keys, List<AggregateCall> calls, Schema input) {
    List<Field> fields = new ArrayList<>();
    for (int key : keys) {
      Field field = input.field(key);
      fields.add(new Field("k" + fields.size() + "_" + field.name(), field.type(), field.nullable()));
    }
    for (AggregateCall call : calls) {
      for (DataType type : Accumulators.create(call).stateTypes()) {
        fields.add(Field.optional("s" + fields.size() + "_" + call.name(), type));
      }
    }
    return new Schema(fields);
  }

  private static Schema runs(Schema rows) {
    List<Field> fields = new ArrayList<>(List.of(Field.required("run", ScalarType.LONG)));
    for (Field field : rows.fields()) {
      fields.add(new Field("c" + fields.size() + "_" + field.name(), field.type(), field.nullable()));
    }
    return new Schema(fields);
  }
}
