package dev.samzabatch.sql;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Answers "unknown" to what Calcite asks of relations on the way, so that it does not generate and compile the classes
 * that would find out.
 */
final class NoMetadata extends RelMetadataQuery {

  NoMetadata() {
    super(new NoHandlers());
  }

  @Override
  public Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns, boolean ignoreNulls) {
    return null;
  }

  @Override
  public Boolean areRowsUnique(RelNode rel, boolean ignoreNulls) {
    return null;
  }

  @Override
  public Double getMaxRowCount(RelNode rel) {
    return null;
  }

  @Override
  public Double getMinRowCount(RelNode rel) {
    return null;
  }

  @Override
  public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
    return RelOptPredicateList.EMPTY;
  }

  private static final class NoHandlers implements MetadataHandlerProvider {
    @Override
    public <H extends MetadataHandler<?>> H handler(Class<H> type) {
      return null;
    }
  }
}
