package dev.samzabatch.sql.rewrite;

import dev.samzabatch.graph.OperatorGraph;

/** Makes a graph that gives the same rows with less work. */
public final class Rewriter {

  private Rewriter() {}

  /** The better graph. */
  public static OperatorGraph rewrite(OperatorGraph graph) {
    OperatorGraph folded = Pass.over(graph, new FoldConstants());
    OperatorGraph merged = Pass.over(folded, new MergeOperators());
    OperatorGraph filtered = PushFilters.over(merged);
    // A condition that has come through a projection may be about constants now.
    OperatorGraph pruned = PruneColumns.over(Pass.over(filtered, new FoldConstants()));
    return Pass.over(Pass.over(pruned, new DropDistinct()), new MergeOperators());
  }
}
