package dev.samzabatch.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends what was asked for with problems that are told to a person, all of them at once. Despite its name it also
 * carries the failures of the world outside; {@link #kind()} says which. Its message is the rendered problems.
 */
public final class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final ErrorKind kind;

  /** A mistake of the user's. */
  public UserException(Problem problem) {
    this(ErrorKind.USER, List.of(problem));
  }

  /** Mistakes of the user's; at least one. */
  public UserException(List<Problem> problems) {
    this(ErrorKind.USER, problems);
  }

  /** A failure of this kind. */
  public UserException(ErrorKind kind, Problem problem) {
    this(kind, List.of(problem));
  }

  /** Failures of this kind; at least one. */
  public UserException(ErrorKind kind, List<Problem> problems) {
    super(rendered(problems));
    this.kind = kind;
    this.problems = List.copyOf(problems);
  }

  /** A failure of this kind with what brought it about, which goes to the log only. */
  public UserException(ErrorKind kind, Problem problem, Throwable cause) {
    super(rendered(List.of(problem)), cause);
    this.kind = kind;
    this.problems = List.of(problem);
  }

  /** The problems, in the order in which they are shown. */
  public List<Problem> problems() {
    return problems;
  }

  /** Who can do something about it. */
  public ErrorKind kind() {
    return kind;
  }

  private static String rendered(List<Problem> problems) {
    return problems.stream().map(Problem::render).collect(Collectors.joining("\n"));
  }
}
