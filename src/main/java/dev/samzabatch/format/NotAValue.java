package dev.samzabatch.format;

/**
 * Tells that a text is no value of a type. Thrown within this package only and caught where the record is known, which
 * makes a bad record of it; so it has no stack trace, and there is one of each.
 */
final class NotAValue extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The text is not written as such values are. */
  static final NotAValue MALFORMED = new NotAValue("");

  /** It is written well, but the type does not go so far. */
  static final NotAValue OUT_OF_RANGE = new NotAValue("out of range");

  /** It is written well, but has digits behind the point that the type has no room for. */
  static final NotAValue INEXACT = new NotAValue("too many digits behind the point");

  private final String reason;

  private NotAValue(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** Why, if there is more to say than that it is none; else empty. */
  String reason() {
    return reason;
  }
}
