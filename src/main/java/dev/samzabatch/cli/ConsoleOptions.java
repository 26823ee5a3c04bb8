package dev.samzabatch.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command has: how much is said, and how it looks. */
final class ConsoleOptions {

  /** When colours are used. */
  enum Color {
    auto,
    always,
    never
  }

  @Option(names = {"-q", "--quiet"}, description = "Says nothing but warnings and errors.")
  private boolean quiet;

  @Option(names = {"-v", "--verbose"}, description = "Shows stack traces of errors and warnings of libraries.")
  private boolean verbose;

  @Option(names = "--color", paramLabel = "WHEN", description = "Colours: ${COMPLETION-CANDIDATES}. Default: auto.")
  private Color color = Color.auto;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  boolean quiet() {
    return quiet;
  }

  boolean verbose() {
    return verbose;
  }

  Color color() {
    return color;
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** An error in how the command was called, exit code 2 with a hint to its help. */
  CommandLine.ParameterException usageError(String message) {
    return new CommandLine.ParameterException(command.commandLine(), message);
  }
}
