package dev.samzabatch.expr;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;
import java.util.Arrays;

/**
 * A value of any type a group, or none. A value that is replaced leaves its bytes or elements behind as waste; when as
 * many have been replaced as there are groups, the values are copied together anew.
 */
final class KeptValues {

  private static final int LEAST_WASTE = 4096;
  private static final int BYTES_A_ROW = 2 * Long.BYTES;

  private final DataType type;
  private ColumnVector values;
  private boolean[] present = new boolean[0];
  private int groups;
  private int replaced;

  KeptValues(DataType type) {
    this.type = type;
    this.values = type.newVector(0);
  }

  /** Makes room for the groups {@code 0 .. count - 1}. */
  void ensureGroups(int count) {
    present = Groups.grown(present, count);
    values.ensureCapacity(count);
    groups = Math.max(groups, count);
  }

  /** The values by group, those that are {@link #has present}. */
  ColumnVector values() {
    return values;
  }

  /** Whether the group has a value, which may be a null. */
  boolean has(int group) {
    return present[group];
  }

  /** Copies a value, or a null, to the group. */
  void put(int group, ColumnVector source, int row) {
    if (present[group] && ++replaced > groups + LEAST_WASTE) {
      compact();
    }
    present[group] = true;
    values.copy(source, null, row, 1, group);
  }

  private void compact() {
    ColumnVector fresh = type.newVector(values.capacity());
    for (int group = 0; group < groups; group++) {
      if (present[group]) {
        fresh.copy(values, null, group, 1, group);
      }
    }
    values = fresh;
    replaced = 0;
  }

  /** Writes the values of groups to the rows from 0 on, null where there is none. */
  void write(int[] list, int from, int count, ColumnVector target) {
    target.ensureCapacity(count);
    for (int i = 0; i < count; i++) {
      int group = Groups.at(list, from + i);
      if (present[group]) {
        target.copy(values, null, group, 1, i);
      } else {
        target.setNull(i);
      }
    }
  }

  /** Forgets all groups. */
  void clear() {
    values.clear();
    Arrays.fill(present, false);
    groups = 0;
    replaced = 0;
  }

  /** About how many bytes of heap are used. */
  long memoryBytes() {
    return present.length + bytes(values);
  }

  private static long bytes(ColumnVector vector) {
    long own = (long) BYTES_A_ROW * vector.capacity();
    if (vector instanceof BytesVector bytes) {
      return own + bytes.data().length;
    }
    if (vector instanceof ArrayVector array) {
      return own + bytes(array.elements());
    }
    if (vector instanceof MapVector map) {
      return own + bytes(map.keys()) + bytes(map.values());
    }
    if (vector instanceof RowVector record) {
      for (int i = 0; i < record.childCount(); i++) {
        own += bytes(record.child(i));
      }
    }
    return own;
  }
}
