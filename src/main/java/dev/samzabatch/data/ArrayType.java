package dev.samzabatch.data;

/**
 * A list of values of one type.
 *
 * @param element type of the elements
 * @param nullableElements whether an element may be null
 */
public record ArrayType(DataType element, boolean nullableElements) implements DataType {

  @Override
  public Layout layout() {
    return Layout.ARRAY;
  }

  @Override
  public String toString() {
    return "array<" + element + (nullableElements ? " null" : "") + ">";
  }
}
