package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;

/**
 * A relation that has been planned: the operator that gives it, and what is known of it.
 *
 * @param draft the stage it is in, so far
 * @param operator id of the operator that gives the rows
 * @param schema of the rows
 * @param partitioning where the rows lie
 * @param bytes about how many bytes there are; a guess that only chooses between plans that are all right
 */
record Fragment(StageDraft draft, int operator, Schema schema, Partitioning partitioning, long bytes) {

  /** The stage it is in now, after stages have been merged. */
  @Override
  public StageDraft draft() {
    return draft.current();
  }

  /** The same with another estimate. */
  Fragment withBytes(long estimate) {
    return new Fragment(draft, operator, schema, partitioning, estimate);
  }
}
