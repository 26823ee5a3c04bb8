package dev.samzabatch.state;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import java.util.List;

/**
 * One thing that a checkpoint declares committed. A checkpoint is a sequence of such rows in a lane of the run's
 * checkpoint stream; its last fact is of kind {@link Kind#COMMIT}, and rows without it are no checkpoint. What the
 * numbers mean depends on the kind:
 *
 * <pre>
 * fact            task  name             part       a              b           c
 * LANE            -     stream           partition  length         0           0
 * TASK_OPEN       yes   -                0          0              0           0
 * SOURCE_ENDED    yes   -                operator   0              0           0
 * TASK_ENDED      yes   -                0          0              0           0
 * SPLIT_READ      yes   -                operator   split          starts at   ends at
 * SPLIT_POSITION  yes   -                operator   split          starts at   read up to
 * INPUT_POSITION  yes   partition        operator   read up to     0           0       of those read side by side
 * PARTITION       yes   -                operator   partitions     0           0       partitions read to their ends
 * LANE_POSITION   yes   lane             operator   offset         row         0       in the partition behind them
 * UPSTREAM_ENDED  yes   task that ended  operator   0              0           0       in that partition
 * WATERMARK       yes   -                operator   watermark      0           0       that a source has given
 * WATERMARK       yes   upstream task    operator   watermark      0           0       in that partition
 * LOG_START       yes   lane             operator   offset         row         log     where reading begins, see below
 * LATE            yes   -                operator   rows           0           0       that came too late
 * OPERATOR        yes   -                operator   cursor         ports ended phase   see {@link OperatorPhase}
 * ROWS            yes   -                operator   rows in        rows out    bytes read
 * FILE            yes   output/file      0          rows           bytes       CRC32C
 * COMMIT          -     -                0          facts          0           0       of this checkpoint before it
 * </pre>
 *
 * LOG_START is of the only part of an operator's changelog of this number; without it reading begins at the beginning.
 * LANE is of the lane that the checkpoint itself is in. The facts of a task replace all that were committed of it
 * before, but for SPLIT_READ, which add up.
 *
 * @param kind what is declared
 * @param task name of the task; empty where none is meant
 * @param name see above
 * @param part see above
 * @param a see above
 * @param b see above
 * @param c see above
 */
public record CheckpointFact(Kind kind, String task, String name, int part, long a, long b, long c) {

  /** The schema of checkpoint streams. */
  public static final Schema SCHEMA =
      Schema.of(
          Field.required("fact", ScalarType.STRING),
          Field.required("task", ScalarType.STRING),
          Field.required("name", ScalarType.STRING),
          Field.required("part", ScalarType.INT),
          Field.required("a", ScalarType.LONG),
          Field.required("b", ScalarType.LONG),
          Field.required("c", ScalarType.LONG));

  /** What a fact declares. */
  public enum Kind {
    /** The lane of a partition is committed up to this length. */
    LANE,
    /** A task has begun and not ended. */
    TASK_OPEN,
    /** A source of a task that has not ended has. */
    SOURCE_ENDED,
    /** A task has ended: all it had to read is read, and its end-of-stream marks are written. */
    TASK_ENDED,
    /** A split was read to its end. */
    SPLIT_READ,
    /** A split is being read. */
    SPLIT_POSITION,
    /** How far a partition of an input has been read, one of those that are read side by side. */
    INPUT_POSITION,
    /** So many of the partitions that a stream source reads have been read to their ends. */
    PARTITION,
    /** How far a lane of the next partition has been read. */
    LANE_POSITION,
    /** An end-of-stream mark was met in the next partition. */
    UPSTREAM_ENDED,
    /** What a source, or an upstream task in the next partition, has promised. */
    WATERMARK,
    /** Where to begin to read a lane of a changelog. */
    LOG_START,
    /** How many rows an operator has dropped as too late. */
    LATE,
    /** What an operator is to be restored with. */
    OPERATOR,
    /** What was counted at an operator. */
    ROWS,
    /** A staged file is durable up to this length. */
    FILE,
    /** The checkpoint is whole. */
    COMMIT
  }

  /** A fact about an operator of a task. */
  public static CheckpointFact of(Kind kind, String task, int operator, long a, long b, long c) {
    return new CheckpointFact(kind, task, "", operator, a, b, c);
  }

  List<Object> row() {
    return List.of(kind.name(), task, name, part, a, b, c);
  }

  /** The fact of a row. */
  static CheckpointFact of(List<Object> row) {
    return new CheckpointFact(
        Kind.valueOf((String) row.get(0)),
        (String) row.get(1),
        (String) row.get(2),
        ((Number) row.get(3)).intValue(),
        ((Number) row.get(4)).longValue(),
        ((Number) row.get(5)).longValue(),
        ((Number) row.get(6)).longValue());
  }
}
