package dev.samzabatch.format;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.ColumnVector;

/** Reads arrays. */
final class AvroList implements AvroValue {

  private final ArrayVector vector;
  private final AvroValue element;

  AvroList(ArrayVector vector, AvroValue element) {
    this.vector = vector;
    this.element = element;
  }

  @Override
  public void read(AvroInput in, int row) {
    ColumnVector elements = vector.elements();
    int next = vector.used();
    for (long count = in.readCount(); count > 0; count = in.readCount()) {
      for (long i = 0; i < count; i++) {
        elements.ensureCapacity(next + 1);
        element.read(in, next++);
      }
    }
    vector.append(row, next - vector.used());
  }
}
