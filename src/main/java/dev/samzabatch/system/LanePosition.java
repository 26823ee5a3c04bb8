package dev.samzabatch.system;

/**
 * How far a lane of a partition has been read: whole blocks up to {@code offset}, and of the block there the first
 * {@code row} rows.
 *
 * @param offset of a block in the lane, in bytes; 0 for the very beginning
 * @param row how many rows of that block have been given already
 */
public record LanePosition(long offset, int row) {

  /** The beginning of a lane. */
  public static final LanePosition START = new LanePosition(0, 0);
}
