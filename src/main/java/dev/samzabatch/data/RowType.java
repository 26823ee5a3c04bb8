package dev.samzabatch.data;

/**
 * A nested record.
 *
 * @param schema its fields
 */
public record RowType(Schema schema) implements DataType {

  @Override
  public Layout layout() {
    return Layout.ROW;
  }

  @Override
  public String toString() {
    return "row<" + schema + ">";
  }
}
