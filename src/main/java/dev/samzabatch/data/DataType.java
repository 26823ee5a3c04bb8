package dev.samzabatch.data;

/**
 * The type of a column. {@link #toString()} is the notation of schema strings, for example {@code decimal(15,2)} or
 * {@code
 * array<row<lat double null>>}.
 *
 * <p>
 * A type says nothing about null: that is a property of the {@link Field} (or of the element) that has the type.
 */
public sealed interface DataType permits ScalarType, DecimalType, ArrayType, MapType, RowType {

  /** The physical form in which a column of this type is held. */
  Layout layout();

  /** A new, empty vector for this type with room for {@code capacity} rows; it grows when more are written. */
  default ColumnVector newVector(int capacity) {
    return ColumnVector.create(this, capacity);
  }

  /** The physical forms of a column: one {@link ColumnVector} class each. */
  enum Layout {
    LONG,
    DOUBLE,
    BYTES,
    DECIMAL,
    ARRAY,
    MAP,
    ROW
  }
}
