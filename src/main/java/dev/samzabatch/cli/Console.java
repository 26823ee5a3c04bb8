package dev.samzabatch.cli;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.report.Screen;
import dev.samzabatch.report.Style;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Where a command prints: its answer on standard output, everything else on standard error. */
final class Console {

  /** Set by the launcher, which can ask the system; Java cannot. */
  private static final String STDERR_IS_TTY = "samzabatch.stderr.tty";

  private static final int USUAL_WIDTH = 80;

  private final ConsoleOptions options;
  private final Map<String, String> environment;

  Console(ConsoleOptions options) {
    this.options = options;
    this.environment = System.getenv();
  }

  boolean quiet() {
    return options.quiet();
  }

  boolean verbose() {
    return options.verbose();
  }

  PrintWriter out() {
    return options.out();
  }

  PrintWriter err() {
    return options.err();
  }

  /** Prints a part of the answer. */
  void answer(List<String> lines) {
    lines.forEach(out()::println);
    out().flush();
  }

  /** Prints the answer as one JSON document. */
  void json(Object document) {
    json(out(), document);
  }

  /** Prints one JSON document. */
  void json(PrintWriter to, Object document) {
    to.println(JsonText.pretty(document));
    to.flush();
  }

  /** Prints a JSON document on a line of its own. */
  void jsonLine(Object document) {
    out().println(JsonText.compact(document));
  }

  /** Prints a line on standard error, also when the user asked for quiet. */
  void tell(String line) {
    err().println(line);
    err().flush();
  }

  /** Prints what ended a run. */
  void error(UserException error) {
    ErrorReport.print(error, options.verbose(), err());
  }

  void warnings(List<Problem> warnings) {
    warnings.forEach(warning -> tell(warning.render()));
  }

  /** The colours of the answer. */
  Style style() {
    return new Style(colored(System.console() != null));
  }

  /** Where the progress of a run is shown. */
  Screen screen() {
    boolean terminal = Boolean.getBoolean(STDERR_IS_TTY) && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean live = terminal && environment.getOrDefault("CI", "").isEmpty();
    Screen.Kind kind = live ? Screen.Kind.LIVE : Screen.Kind.LINES;
    return new Screen(err(), quiet() ? Screen.Kind.NONE : kind, width(), new Style(colored(terminal)));
  }

  private boolean colored(boolean terminal) {
    return switch (options.color()) {
      case always -> true;
      case never -> false;
      case auto -> terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    };
  }

  private int width() {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Math.max(40, Integer.parseInt(columns)) - 1 : USUAL_WIDTH - 1;
  }
}
