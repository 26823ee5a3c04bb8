package dev.samzabatch.data;

/** A schema string that cannot be read; its message says what was expected and found there. */
public final class SchemaSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int offset;
  private final int length;
  private final String hint;

  SchemaSyntaxException(int offset, int length, String message, String hint) {
    super(message);
    this.offset = offset;
    this.length = length;
    this.hint = hint;
  }

  /** Where in the string, from 0; at most the string's length. */
  public int offset() {
    return offset;
  }

  /** How many characters from there are meant; at least 1, also behind the string's end. */
  public int length() {
    return length;
  }

  /** What to write instead; may be empty. */
  public String hint() {
    return hint;
  }
}
