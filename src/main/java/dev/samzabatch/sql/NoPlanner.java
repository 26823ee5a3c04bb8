package dev.samzabatch.sql;

import org.apache.calcite.plan.AbstractRelOptPlanner;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;

/** Stands where Calcite wants a planner: relations leave it as they are made. */
final class NoPlanner extends AbstractRelOptPlanner {

  NoPlanner() {
    super(RelOptCostImpl.FACTORY, Contexts.empty());
  }

  @Override
  public void setRoot(RelNode rel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RelNode getRoot() {
    return null;
  }

  @Override
  public RelNode changeTraits(RelNode rel, RelTraitSet traits) {
    return rel;
  }

  @Override
  public RelNode findBestExp() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RelNode register(RelNode rel, RelNode equivalent) {
    return rel;
  }

  @Override
  public RelNode ensureRegistered(RelNode rel, RelNode equivalent) {
    return rel;
  }

  @Override
  public boolean isRegistered(RelNode rel) {
    return true;
  }
}
