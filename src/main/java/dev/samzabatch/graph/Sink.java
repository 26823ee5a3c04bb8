package dev.samzabatch.graph;

/**
 * Where rows end.
 *
 * @param kind what becomes of them
 * @param name name of the output or check in the job file
 * @param input what gives the rows
 */
public record Sink(Kind kind, String name, OperatorSpec input) {

  /** What becomes of the rows of a sink. */
  public enum Kind {
    /** They are written to the output of that name. */
    OUTPUT,
    /** They are the figures that the check of that name is judged by: exactly one row of longs. */
    CHECK
  }
}
