package dev.samzabatch.data;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An ordered list of fields with distinct names. Immutable. {@link #toString()} is the notation of schema strings,
 * which {@link SchemaText} reads.
 */
public final class Schema {

  /** The schema without fields. */
  public static final Schema EMPTY = new Schema(List.of());

  private final List<Field> fields;
  private final Map<String, Integer> indexes;

  /**
   * Makes a schema of these fields.
   *
   * @throws IllegalArgumentException when two have the same name
   */
  public Schema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.indexes = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (Field field : this.fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("two columns are named " + field.name());
      }
      indexes.put(field.name(), indexes.size());
    }
  }

  /** A schema of these fields, in this order. */
  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  /** The fields in their order. */
  public List<Field> fields() {
    return fields;
  }

  /** The field at this index. */
  public Field field(int index) {
    return fields.get(index);
  }

  /** The type of the field at this index. */
  public DataType type(int index) {
    return fields.get(index).type();
  }

  /** How many fields there are. */
  public int size() {
    return fields.size();
  }

  /** The names in their order. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** The index of the field of exactly this name, or -1. */
  public int indexOf(String name) {
    return indexes.getOrDefault(name, -1);
  }

  /** The schema of these fields of this one, in the order given. */
  public Schema project(int[] columns) {
    Field[] chosen = new Field[columns.length];
    for (int i = 0; i < columns.length; i++) {
      chosen[i] = fields.get(columns[i]);
    }
    return new Schema(List.of(chosen));
  }

  /** New, empty vectors for the columns, with room for so many rows. */
  public ColumnVector[] newVectors(int rows) {
    ColumnVector[] vectors = new ColumnVector[fields.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = type(i).newVector(rows);
    }
    return vectors;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.stream().map(Field::toString).collect(Collectors.joining(", "));
  }
}
