package dev.samzabatch.format;

/**
 * Tells that records written with a schema cannot have a column. Thrown within this package only, while a schema is
 * looked at.
 */
final class AvroMismatch extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient RecordProblem problem;

  private AvroMismatch(RecordProblem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  /** The schema has something else for the column. */
  static AvroMismatch type(AvroTarget target, String found) {
    return new AvroMismatch(new RecordProblem("SB-3001",
        "column " + target.path() + " is " + target.type() + ", but the schema of the records has " + found,
        "declare the column as a type that this can become"));
  }

  /** The schema has nothing for it. */
  static AvroMismatch missing(AvroTarget target, String known) {
    return new AvroMismatch(new RecordProblem("SB-3003", "column " + target.path() + " is " + target.type()
        + " and never null, but the schema of the records does not have it; it has " + known,
        "if that is right, declare it as " + target.type() + " null"));
  }

  /** The same as what is wrong with each record of the schema. */
  RecordProblem problem() {
    return problem;
  }
}
