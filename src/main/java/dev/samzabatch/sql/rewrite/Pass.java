package dev.samzabatch.sql.rewrite;

import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.Sink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through a graph once, inputs first, and lets a rule replace each operator by one that gives the same rows. An
 * operator that several read is replaced once.
 */
final class Pass {

  /** Replaces an operator. */
  interface Rule {

    /**
     * What gives the same rows, or the operator itself.
     *
     * @param spec the operator, over inputs that have been replaced already
     * @param shared the operators that more than one reads
     */
    OperatorSpec apply(OperatorSpec spec, Set<OperatorSpec> shared);
  }

  private final Rule rule;
  private final Set<OperatorSpec> sharedBefore;
  private final Set<OperatorSpec> shared = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<OperatorSpec, OperatorSpec> replaced = new IdentityHashMap<>();

  private Pass(Rule rule, OperatorGraph graph) {
    this.rule = rule;
    this.sharedBefore = shared(graph);
  }

  static OperatorGraph over(OperatorGraph graph, Rule rule) {
    Pass pass = new Pass(rule, graph);
    return new OperatorGraph(graph.sinks().stream()
        .map(sink -> new Sink(sink.kind(), sink.name(), pass.replace(sink.input()))).toList());
  }

  private OperatorSpec replace(OperatorSpec spec) {
    OperatorSpec known = replaced.get(spec);
    if (known != null) {
      return known;
    }
    List<OperatorSpec> inputs = new ArrayList<>();
    spec.inputs().forEach(input -> inputs.add(replace(input)));
    OperatorSpec better = rule.apply(Rebuild.with(spec, inputs), shared);
    if (sharedBefore.contains(spec)) {
      shared.add(better);
    }
    replaced.put(spec, better);
    return better;
  }

  /** The operators that more than one operator or sink reads. */
  static Set<OperatorSpec> shared(OperatorGraph graph) {
    Map<OperatorSpec, Integer> readers = new IdentityHashMap<>();
    graph.sinks().forEach(sink -> readers.merge(sink.input(), 1, Integer::sum));
    graph.inOrder().forEach(spec -> spec.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    Set<OperatorSpec> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    readers.forEach((spec, count) -> {
      if (count > 1) {
        shared.add(spec);
      }
    });
    return shared;
  }
}
