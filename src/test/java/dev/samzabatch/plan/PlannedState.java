package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import dev.samzabatch.system.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The changelogs that a plan would have for one operator in one task, for tests of operators. */
public final class PlannedState {

  private PlannedState() {}

  /** Streams of as many partitions as the operator's changelogs have parts. */
  public static List<StreamSpec> of(Work work, Schema schema, List<Schema> inputs) {
    List<Integer> ids = IntStream.range(0, inputs.size()).boxed().toList();
    PlannedOperator operator = new PlannedOperator(inputs.size(), "step", work, ids, schema);
    List<StreamSpec> streams = new ArrayList<>();
    for (StateLayout.Layout layout : StateLayout.of(operator, inputs)) {
      String name = "job-step." + streams.size() + "-changelog-20260101-000000-00000000";
      streams.add(new StreamSpec(name, StreamSpec.Kind.CHANGELOG, layout.schema(), layout.parts()));
    }
    return streams;
  }
}
