package dev.samzabatch.format;

/**
 * Leaves a record that is bad and has been noted in {@link BadRecords}. Thrown within this package only and caught
 * where the next record is looked for; so it has no stack trace, and there is one.
 */
final class BadRecord extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final BadRecord NOTED = new BadRecord();

  private BadRecord() {
    super("a bad record was noted", null, false, false);
  }
}
