package dev.samzabatch.data;

/**
 * Keys to values; keys are never null, their order is kept, and a key occurs once.
 *
 * @param key type of the keys
 * @param value type of the values
 * @param nullableValues whether a value may be null
 */
public record MapType(DataType key, DataType value, boolean nullableValues) implements DataType {

  @Override
  public Layout layout() {
    return Layout.MAP;
  }

  @Override
  public String toString() {
    return "map<" + key + "," + value + (nullableValues ? " null" : "") + ">";
  }
}
