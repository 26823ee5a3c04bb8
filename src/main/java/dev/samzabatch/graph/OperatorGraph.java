package dev.samzabatch.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The logical job.
 *
 * @param sinks every output and check; at least one
 */
public record OperatorGraph(List<Sink> sinks) {

  /** Copies the list. */
  public OperatorGraph {
    sinks = List.copyOf(sinks);
  }

  /** Every operator once, inputs before those that read them. */
  public List<OperatorSpec> inOrder() {
    List<OperatorSpec> order = new ArrayList<>();
    Set<OperatorSpec> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Sink sink : sinks) {
      visit(sink.input(), seen, order);
    }
    return order;
  }

  private static void visit(OperatorSpec spec, Set<OperatorSpec> seen, List<OperatorSpec> order) {
    if (seen.add(spec)) {
      spec.inputs().forEach(input -> visit(input, seen, order));
      order.add(spec);
    }
  }
}
