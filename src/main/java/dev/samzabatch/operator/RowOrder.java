package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.expr.ValueOrder;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.state.RowBuffer;
import java.util.List;

/** The order of the rows of a buffer by some keys, compared row by row. */
final class RowOrder {

  private final List<SortKey> keys;

  RowOrder(List<SortKey> keys) {
    this.keys = List.copyOf(keys);
  }

  int size() {
    return keys.size();
  }

  SortKey key(int index) {
    return keys.get(index);
  }

  /** Compares two rows by the keys from {@code first} on. */
  int compare(RowBuffer rows, int first, int one, int other) {
    for (int k = first; k < keys.size(); k++) {
      SortKey key = keys.get(k);
      int order = compare(rows.column(key.column()), key, one, other);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(ColumnVector column, SortKey key, int one, int other) {
    if (column.mayHaveNulls()) {
      boolean oneNull = column.isNull(one);
      boolean otherNull = column.isNull(other);
      if (oneNull || otherNull) {
        return key.nullsFirst() ? Boolean.compare(otherNull, oneNull) : Boolean.compare(oneNull, otherNull);
      }
    }
    int order = ValueOrder.compare(column, one, column, other);
    return key.descending() ? -Integer.signum(order) : order;
  }
}
