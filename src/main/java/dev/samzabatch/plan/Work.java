package dev.samzabatch.plan;

import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import java.util.List;
import java.util.Optional;

/** What a {@link PlannedOperator} does; see there for its inputs and schema. */
public sealed interface Work {

  /** Calls the visitor's method for this kind of work. */
  <R> R accept(Visitor<R> visitor);

  /** One method a kind, so that a new kind cannot be forgotten anywhere. */
  interface Visitor<R> {
    R scan(Scan work);

    R readStream(ReadStream work);

    R filter(Filter work);

    R project(Project work);

    R aggregate(Aggregate work);

    R windowAggregate(WindowAggregate work);

    R updatingAggregate(UpdatingAggregate work);

    R join(Join work);

    R intervalJoin(IntervalJoin work);

    R union(Union work);

    R sort(Sort work);

    R writeStream(WriteStream work);

    R writeOutput(WriteOutput work);
  }

  /**
   * Reads the splits of an input.
   *
   * @param columns indexes of the columns that are read in the input's full schema
   * @param filter which rows are kept
   */
  record Scan(String input, List<Integer> columns, Optional<Expr> filter) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.scan(this);
    }
  }

  /**
   * Reads an internal stream.
   *
   * @param broadcast whether every task reads the (only) partition, rather than its own ones
   */
  record ReadStream(String stream, boolean broadcast) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.readStream(this);
    }
  }

  /** Keeps the rows for which the condition is true. */
  record Filter(Expr condition) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.filter(this);
    }
  }

  /** Computes a column an expression. */
  record Project(List<Expr> exprs) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.project(this);
    }
  }

  /** Which half of a grouping is done. */
  enum AggregateMode {
    /** Rows in, results out. */
    COMPLETE,
    /** Rows in, keys and states out; before an exchange. */
    PARTIAL,
    /** Keys and states in, results out; behind an exchange. */
    FINAL
  }

  /**
   * Groups and aggregates.
   *
   * @param keys key columns of the input
   * @param calls what is aggregated; in mode FINAL the states stand behind the keys
   */
  record Aggregate(AggregateMode mode, List<Integer> keys, List<AggregateCall> calls) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.aggregate(this);
    }
  }

  /**
   * A key column that tells, by the watermark, when a group is complete: when its value plus {@code lag} is not above
   * it.
   *
   * @param key which of the keys it is; of type timestamp
   * @param granule its values are multiples of this; microseconds, at least 1
   * @param lag microseconds
   */
  record TimeKey(int key, long granule, long lag) {}

  /** Groups and aggregates rows without end; a group is emitted, and forgotten, when it is complete. */
  record WindowAggregate(Aggregate grouping, TimeKey window) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.windowAggregate(this);
    }
  }

  /**
   * Groups and aggregates rows without end; groups that have changed are emitted now and then, and at the end.
   *
   * @param everyNanos how often they are emitted
   */
  record UpdatingAggregate(Aggregate grouping, long everyNanos) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.updatingAggregate(this);
    }
  }

  /**
   * Joins; the first input is the build side, which is read to its end first.
   *
   * @param type in terms of left and right
   * @param buildLeft whether the build side is the left one
   */
  record Join(
      JoinType type, boolean buildLeft, List<Integer> leftKeys, List<Integer> rightKeys, Optional<Expr> condition)
      implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.join(this);
    }
  }

  /**
   * How far apart in time two rows may be that match.
   *
   * @param left column of the left input, of type timestamp
   * @param right column of the right input, of type timestamp
   * @param most microseconds, either way
   * @param lag no row of either side comes with a time that, plus this, is not above the watermark
   */
  record Interval(int left, int right, long most, long lag) {

    private static final long LEAST_SLICE = 5_000_000;

    /** Rows are kept, and forgotten, by slices of their time; so many microseconds make one. */
    public long slice() {
      return Math.max(LEAST_SLICE, most / 2);
    }

    /** When the watermark is so far behind the start of a slice, none of its rows can match any more. */
    public long reach() {
      return slice() + most + lag;
    }
  }

  /**
   * Joins two sides without end, whose rows are kept while rows of the other side may match them.
   *
   * @param join types INNER to FULL; the first input is the left one; the interval is part of the condition too
   */
  record IntervalJoin(Join join, Interval interval) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.intervalJoin(this);
    }
  }

  /** Passes on the rows of all inputs. */
  record Union() implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.union(this);
    }
  }

  /** Orders, then skips and limits; without keys any order will do. */
  record Sort(List<SortKey> keys, long offset, long limit) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sort(this);
    }
  }

  /**
   * Writes to an internal stream.
   *
   * @param keys the columns whose hash chooses the partition; none means that rows are spread evenly
   */
  record WriteStream(String stream, List<Integer> keys) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.writeStream(this);
    }
  }

  /** Writes to staged files of an output. */
  record WriteOutput(String output) implements Work {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.writeOutput(this);
    }
  }
}
