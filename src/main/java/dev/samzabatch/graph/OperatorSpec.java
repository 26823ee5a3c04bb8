package dev.samzabatch.graph;

import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.Expr;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One relational operator. Pure data: indexes are resolved and types are decided, so later levels trust them. Two
 * operators are the same only when they are the same object, since a graph may compute equal things twice but shares
 * what it shares.
 */
public sealed interface OperatorSpec {

  /** Name of the step or input of the job file that it belongs to. */
  String step();

  /** What it gives. */
  Schema schema();

  /** What it reads, in order. */
  List<OperatorSpec> inputs();

  /** Calls the visitor's method for this operator. */
  <R> R accept(Visitor<R> visitor);

  /** One method an operator, so that a new operator cannot be forgotten anywhere. */
  interface Visitor<R> {
    R scan(Scan spec);

    R filter(Filter spec);

    R project(Project spec);

    R aggregate(Aggregate spec);

    R join(Join spec);

    R union(Union spec);

    R sort(Sort spec);

    R repartition(Repartition spec);
  }

  /**
   * Reads an input.
   *
   * @param step name of the input
   * @param columns indexes, in the input's full schema, of the columns that are read, ascending
   * @param schema the columns that are read
   * @param filter which rows to keep, over {@code schema}
   */
  record Scan(String step, List<Integer> columns, Schema schema, Optional<Expr> filter) implements OperatorSpec {
    @Override
    public List<OperatorSpec> inputs() {
      return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.scan(this);
    }
  }

  /** Keeps the rows for which the condition is true. */
  record Filter(String step, OperatorSpec input, Expr condition) implements OperatorSpec {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<OperatorSpec> inputs() {
      return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.filter(this);
    }
  }

  /** Computes a column an expression. */
  record Project(String step, OperatorSpec input, List<Expr> exprs, Schema schema) implements OperatorSpec {
    @Override
    public List<OperatorSpec> inputs() {
      return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.project(this);
    }
  }

  /**
   * Groups by the key columns (null equals null) and aggregates; gives the keys, then the results. Without keys it
   * gives exactly one row, over an empty input too. Without calls it is DISTINCT.
   *
   * @param partitions how many partitions the job file asks for
   */
  record Aggregate(
      String step,
      OperatorSpec input,
      List<Integer> keys,
      List<AggregateCall> calls,
      Schema schema,
      OptionalInt partitions)
      implements OperatorSpec {
    @Override
    public List<OperatorSpec> inputs() {
      return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.aggregate(this);
    }
  }

  /** Which rows a join gives. */
  enum JoinType {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    /** The left rows that have a match; only left columns. */
    SEMI,
    /** The left rows that have none; only left columns. */
    ANTI;

    /** Whether left rows without a match are given, with nulls for the right side (or alone). */
    public boolean keepsLeft() {
      return this == LEFT || this == FULL || this == ANTI;
    }

    /** Whether right rows without a match are given. */
    public boolean keepsRight() {
      return this == RIGHT || this == FULL;
    }

    /** Whether only left columns are given. */
    public boolean leftOnly() {
      return this == SEMI || this == ANTI;
    }
  }

  /**
   * Joins on equality of key columns of equal types (null equals nothing) and perhaps a further condition. Gives the
   * left columns, then the right ones.
   *
   * @param leftKeys key columns of the left input; empty means every pair is tried
   * @param rightKeys key columns of the right input, pairwise of the same types
   * @param condition what else must be true of a pair, over the columns of left then right
   */
  record Join(
      String step,
      JoinInputs sides,
      JoinType type,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      Optional<Expr> condition,
      Schema schema)
      implements OperatorSpec {
    @Override
    public List<OperatorSpec> inputs() {
      return List.of(sides.left(), sides.right());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.join(this);
    }
  }

  /** The two sides of a join. */
  record JoinInputs(OperatorSpec left, OperatorSpec right) {}

  /** All rows of all inputs, whose columns have the same types by position. */
  record Union(String step, List<OperatorSpec> inputs, Schema schema) implements OperatorSpec {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.union(this);
    }
  }

  /**
   * Orders by keys, then skips {@code offset} rows and gives at most {@code limit}.
   *
   * @param keys none means any order
   * @param limit how many rows at most; {@link Long#MAX_VALUE} means all
   */
  record Sort(String step, OperatorSpec input, List<SortKey> keys, long offset, long limit) implements OperatorSpec {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<OperatorSpec> inputs() {
      return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sort(this);
    }
  }

  /** One column to order by. */
  record SortKey(int column, boolean descending, boolean nullsFirst) {}

  /** Moves rows so that equal keys meet in one of the partitions (without keys: spread evenly). */
  record Repartition(String step, OperatorSpec input, List<Integer> keys, OptionalInt partitions)
      implements OperatorSpec {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<OperatorSpec> inputs() {
      return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.repartition(this);
    }
  }
}
