package dev.samzabatch.plan;

import dev.samzabatch.expr.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of where the rows of a fragment lie.
 *
 * @param kind how they are distributed over tasks
 * @param keys for HASH: columns whose hash, in this order, chose the partition
 * @param partitions for HASH: how many there are; for SINGLE 1; for ANY 0
 */
record Partitioning(Kind kind, List<Integer> keys, int partitions) {

  enum Kind {
    /** Nothing is known. */
    ANY,
    /** Rows with equal keys are in the same task. */
    HASH,
    /** All rows are in one task. */
    SINGLE
  }

  static final Partitioning ANY = new Partitioning(Kind.ANY, List.of(), 0);
  static final Partitioning SINGLE = new Partitioning(Kind.SINGLE, List.of(), 1);

  static Partitioning hash(List<Integer> keys, int partitions) {
    return partitions == 1 ? SINGLE : new Partitioning(Kind.HASH, keys, partitions);
  }

  /** Whether rows that are equal in these columns are sure to be in the same task. */
  boolean colocates(List<Integer> columns) {
    return kind == Kind.SINGLE || kind == Kind.HASH && columns.containsAll(keys);
  }

  /** The same knowledge after the columns were replaced by these expressions. */
  Partitioning through(List<Expr> exprs) {
    if (kind != Kind.HASH) {
      return this;
    }
    List<Integer> mapped = new ArrayList<>();
    for (int key : keys) {
      int at = 0;
      while (at < exprs.size() && !(exprs.get(at) instanceof Expr.Column column && column.index() == key)) {
        at++;
      }
      if (at == exprs.size()) {
        return ANY;
      }
      mapped.add(at);
    }
    return hash(mapped, partitions);
  }

  /** The same knowledge when the columns stand {@code offset} places further right. */
  Partitioning shifted(int offset) {
    return kind == Kind.HASH ? hash(keys.stream().map(k -> k + offset).toList(), partitions) : this;
  }

  /** The same knowledge when the columns are the ones with these indexes, in this order. */
  Partitioning chosen(List<Integer> columns) {
    if (kind != Kind.HASH) {
      return this;
    }
    return columns.containsAll(keys) ? hash(keys.stream().map(columns::indexOf).toList(), partitions) : ANY;
  }
}
