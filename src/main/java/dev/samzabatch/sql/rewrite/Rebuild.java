package dev.samzabatch.sql.rewrite;

import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinInputs;
import java.util.List;

/** The same operator over other inputs, which have the same columns. */
final class Rebuild implements OperatorSpec.Visitor<OperatorSpec> {

  private final List<OperatorSpec> inputs;

  private Rebuild(List<OperatorSpec> inputs) {
    this.inputs = inputs;
  }

  /** The operator over these inputs; itself when they are its own. */
  static OperatorSpec with(OperatorSpec spec, List<OperatorSpec> inputs) {
    boolean same = true;
    for (int i = 0; i < inputs.size(); i++) {
      same &= inputs.get(i) == spec.inputs().get(i);
    }
    return same ? spec : spec.accept(new Rebuild(inputs));
  }

  @Override
  public OperatorSpec scan(OperatorSpec.Scan spec) {
    return spec;
  }

  @Override
  public OperatorSpec filter(OperatorSpec.Filter spec) {
    return new OperatorSpec.Filter(spec.step(), inputs.get(0), spec.condition());
  }

  @Override
  public OperatorSpec project(OperatorSpec.Project spec) {
    return new OperatorSpec.Project(spec.step(), inputs.get(0), spec.exprs(), spec.schema());
  }

  @Override
  public OperatorSpec aggregate(OperatorSpec.Aggregate spec) {
    return new OperatorSpec.Aggregate(
        spec.step(), inputs.get(0), spec.keys(), spec.calls(), spec.schema(), spec.partitions());
  }

  @Override
  public OperatorSpec join(OperatorSpec.Join spec) {
    return new OperatorSpec.Join(spec.step(), new JoinInputs(inputs.get(0), inputs.get(1)), spec.type(),
        spec.leftKeys(), spec.rightKeys(), spec.condition(), spec.schema());
  }

  @Override
  public OperatorSpec union(OperatorSpec.Union spec) {
    return new OperatorSpec.Union(spec.step(), inputs, spec.schema());
  }

  @Override
  public OperatorSpec sort(OperatorSpec.Sort spec) {
    return new OperatorSpec.Sort(spec.step(), inputs.get(0), spec.keys(), spec.offset(), spec.limit());
  }

  @Override
  public OperatorSpec repartition(OperatorSpec.Repartition spec) {
    return new OperatorSpec.Repartition(spec.step(), inputs.get(0), spec.keys(), spec.partitions());
  }
}
