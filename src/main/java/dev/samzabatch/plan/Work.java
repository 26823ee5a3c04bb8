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

    R join(Join work);

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
