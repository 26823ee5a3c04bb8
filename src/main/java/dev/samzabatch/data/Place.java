package dev.samzabatch.data;

/**
 * A place in a text that a person wrote.
 *
 * @param file the name a person knows the text by: a path as it was given, or for example {@code --set run.memory};
 * empty when there is none
 * @param line 1-based; 0 when only the file is known
 * @param column 1-based, in UTF-16 units; 0 when only the line is known
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

  private static final Place NONE = new Place("", 0, 0);

  /** The place of what has no place. */
  public static Place none() {
    return NONE;
  }

  /** A whole file or a whole argument. */
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /** Whether this is {@link #none()}. */
  public boolean isNone() {
    return file.isEmpty();
  }

  /** By file, line, column. */
  @Override
  public int compareTo(Place other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  /** {@code file:line:column}, without the parts that are not known. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
