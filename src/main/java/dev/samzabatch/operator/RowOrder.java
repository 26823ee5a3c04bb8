package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.expr.ValueOrder;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.state.RowBuffer;
import java.util.List;

/** The order of rows by some keys, compared row by row. */
final class RowOrder {

  private final List<SortKey> keys;

  RowOrder(List<SortKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The same order of rows that have so many more columns before theirs. */
  RowOrder behind(int columns) {
    return new RowOrder(
        keys.stream().map(k -> new SortKey(k.column() + columns, k.descending(), k.nullsFirst())).toList());
  }

  int size() {
    return keys.size();
  }

  SortKey key(int index) {
    return keys.get(index);
  }

  /** Compares two rows of a buffer by the keys from {@code first} on. */
  int compare(RowBuffer rows, int first, int one, int other) {
    for (int k = first; k < keys.size(); k++) {
      SortKey key = keys.get(k);
      ColumnVector column = rows.column(key.column());
      int order = compare(key, column, one, column, other);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Compares physical rows of two batches by all keys. */
  int compare(RecordBatch batch, int row, RecordBatch others, int other) {
    for (SortKey key : keys) {
      int order = compare(key, batch.column(key.column()), row, others.column(key.column()), other);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(SortKey key, ColumnVector column, int one, ColumnVector others, int other) {
    if (column.mayHaveNulls() || others.mayHaveNulls()) {
      boolean oneNull = column.isNull(one);
      boolean otherNull = others.isNull(other);
      if (oneNull || otherNull) {
        return key.nullsFirst() ? Boolean.compare(otherNull, oneNull) : Boolean.compare(oneNull, otherNull);
      }
    }
    int order = ValueOrder.compare(column, one, others, other);
    return key.descending() ? -Integer.signum(order) : order;
  }
}
