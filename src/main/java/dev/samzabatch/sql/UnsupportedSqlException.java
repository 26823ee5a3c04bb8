package dev.samzabatch.sql;

/** SQL that is right but that this engine does not do; the compiler adds the place. */
final class UnsupportedSqlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String hint;

  /** What is not supported, as a noun, and what to write instead. */
  UnsupportedSqlException(String what, String hint) {
    super(what, null, false, false);
    this.hint = hint;
  }

  String hint() {
    return hint;
  }
}
