package dev.samzabatch.cli;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells a person what went wrong, and the process what to answer. */
final class ErrorReport {

  private ErrorReport() {}

  /**
   * Prints an error.
   *
   * @param verbose whether to show stack traces too
   * @return the exit code
   */
  static int print(Throwable error, boolean verbose, PrintWriter err) {
    int code;
    if (error instanceof UserException user) {
      user.problems().forEach(problem -> err.println(problem.render()));
      tellMore(user, err);
      code = ExitCode.of(user.kind());
    } else if (error instanceof OutOfMemoryError) {
      err.println("error SB-5003: the Java heap is full: " + error.getMessage());
      err.println("   give it more ($SAMZA_BATCH_HEAP=4g)");
      code = ExitCode.FAILED;
    } else {
      err.println("error SB-5000: unexpected failure: " + error);
      err.println("   this is our bug, not your job's: please report it with "
          + (verbose ? "the trace below" : "what -v prints"));
      code = ExitCode.FAILED;
    }
    if (verbose) {
      trace(error, err);
    }
    err.flush();
    return code;
  }

  /** Prints the stack trace of what lies behind an error; a mistake of the user's has none. */
  static void trace(Throwable error, PrintWriter err) {
    Throwable shown = error instanceof UserException ? error.getCause() : error;
    if (shown != null) {
      shown.printStackTrace(err);
    }
  }

  /** A problem as a JSON object. */
  static Map<String, Object> object(Problem problem) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("code", problem.code());
    object.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    object.put("file", problem.place().file());
    object.put("line", problem.place().line());
    object.put("column", problem.place().column());
    object.put("message", problem.message());
    object.put("hint", problem.hint());
    return object;
  }

  /** Prints an error as one JSON document. */
  static void printJson(Throwable error, PrintWriter out) {
    out.println(JsonText.pretty(document(error)));
    out.flush();
  }

  /** An error as a JSON object, to which more may be added. */
  static Map<String, Object> document(Throwable error) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", false);
    if (error instanceof UserException user) {
      document.put("kind", user.kind().name());
      document.put("problems", user.problems().stream().map(ErrorReport::object).toList());
    } else {
      document.put("kind", ErrorKind.INTERNAL.name());
      document.put("problems", List.of(Map.of("code", "SB-5000", "message", String.valueOf(error))));
    }
    return document;
  }

  private static void tellMore(UserException error, PrintWriter err) {
    long errors = error.problems().stream().filter(Problem::isError).count();
    String code = error.problems().get(0).code();
    String problems = errors == 1 ? "1 error" : String.format(Locale.ROOT, "%,d errors", errors);
    err.println(problems + "; more about it: samza-batch explain " + code);
  }
}
