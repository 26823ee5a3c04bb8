package dev.samzabatch.data;

import java.util.Locale;

/**
 * The types without parameters, with the form of their values in a vector:
 *
 * <pre>
 * BOOLEAN    long 0 or 1
 * INT, LONG  long
 * DATE       long, days since 1970-01-01
 * TIME       long, microseconds since midnight
 * TIMESTAMP  long, microseconds since 1970-01-01T00:00:00, without a zone
 * FLOAT      double that holds a float exactly
 * DOUBLE     double
 * STRING     bytes, valid UTF-8
 * BYTES      bytes
 * </pre>
 */
public enum ScalarType implements DataType {
  BOOLEAN(Layout.LONG),
  INT(Layout.LONG),
  LONG(Layout.LONG),
  FLOAT(Layout.DOUBLE),
  DOUBLE(Layout.DOUBLE),
  STRING(Layout.BYTES),
  BYTES(Layout.BYTES),
  DATE(Layout.LONG),
  TIME(Layout.LONG),
  TIMESTAMP(Layout.LONG);

  private final Layout layout;

  ScalarType(Layout layout) {
    this.layout = layout;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
