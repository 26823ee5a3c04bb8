package dev.samzabatch.data;

import java.util.regex.Pattern;

/**
 * A named, typed column. {@link #toString()} is its notation in a schema string.
 *
 * @param name as it was declared, case kept; never empty
 * @param type its type
 * @param nullable whether it may be null
 */
public record Field(String name, DataType type, boolean nullable) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Refuses an empty name with an {@link IllegalArgumentException}. */
  public Field {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a field needs a name");
    }
  }

  /** A field that is never null. */
  public static Field required(String name, DataType type) {
    return new Field(name, type, false);
  }

  /** A field that may be null. */
  public static Field optional(String name, DataType type) {
    return new Field(name, type, true);
  }

  @Override
  public String toString() {
    String quoted = PLAIN.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
    return quoted + " " + type + (nullable ? " null" : "");
  }
}
