package dev.samzabatch.format;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;
import java.util.HashMap;
import java.util.Map;

/** Reads maps. Of a key that comes twice the last value counts, at the place of the first. */
final class AvroMap implements AvroValue {

  private final MapVector vector;
  private final AvroValue key;
  private final AvroValue value;
  private final Map<String, Integer> slots = new HashMap<>();

  AvroMap(MapVector vector, AvroValue key, AvroValue value) {
    this.vector = vector;
    this.key = key;
    this.value = value;
  }

  @Override
  public void read(AvroInput in, int row) {
    int start = vector.used();
    slots.clear();
    for (long count = in.readCount(); count > 0; count = in.readCount()) {
      for (long i = 0; i < count; i++) {
        int end = start + slots.size();
        vector.keys().ensureCapacity(end + 1);
        vector.values().ensureCapacity(end + 1);
        key.read(in, end);
        Integer before = slots.putIfAbsent(((BytesVector) vector.keys()).text(end), end);
        if (before != null) {
          unset(vector.values(), before);
        }
        value.read(in, before == null ? end : before);
      }
    }
    vector.append(row, slots.size());
  }

  /** Makes a value that is about to be read again not null. */
  private static void unset(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      vector.writableNulls()[row] = false;
    }
    if (vector instanceof RowVector fields) {
      for (int i = 0; i < fields.childCount(); i++) {
        unset(fields.child(i), row);
      }
    }
  }
}
