package dev.samzabatch.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows a plan: to people as text or as a drawing, to machines as JSON. */
public final class PlanPrinter {

  private final JobPlan plan;
  private final List<PlannedInput> inputs;
  private final Set<String> inferred;

  /**
   * A printer of one plan.
   *
   * @param inputs the inputs that it reads, as they were found
   * @param inferred names of those whose schema was inferred rather than declared
   */
  public PlanPrinter(JobPlan plan, Collection<PlannedInput> inputs, Set<String> inferred) {
    this.plan = plan;
    this.inputs = List.copyOf(inputs);
    this.inferred = Set.copyOf(inferred);
  }

  /** Lines for people; ends with a line end. */
  public String text() {
    return new PlanText(plan, inputs, inferred).text();
  }

  /** Everything that {@link #text} tells and more, as maps, lists, strings, numbers and booleans. */
  public Map<String, Object> json() {
    return new PlanJson(plan, inputs, inferred).object();
  }

  /** A graph for Graphviz. */
  public String dot() {
    return new PlanDrawing(plan).draw(new DotSyntax());
  }

  /** A flow chart for Mermaid. */
  public String mermaid() {
    return new PlanDrawing(plan).draw(new MermaidSyntax());
  }
}
