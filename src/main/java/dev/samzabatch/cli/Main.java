package dev.samzabatch.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point: hands the arguments to the command they name. */
@Command(
    name = "samza-batch",
    description = "Multi-stage batch pipelines with exactly-once results, in one process on one machine.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    footer = {"", "Exit codes: 0 done; 1 failed; 2 usage or job file; 3 checks failed, nothing published; 4 a system "
        + "did not answer; 75 already running; 130 or 143 interrupted."},
    subcommands = {
        RunCommand.class,
        ResumeCommand.class,
        DrainCommand.class,
        CheckCommand.class,
        PlanCommand.class,
        PreviewCommand.class,
        InferCommand.class,
        RunsCommand.class,
        ShowCommand.class,
        CleanCommand.class,
        StreamsCommand.class,
        ExplainCommand.class,
        CompletionCommand.class,
        VersionCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    Charset charset = StandardCharsets.UTF_8;
    System.exit(execute(args, new PrintWriter(System.out, false, charset), new PrintWriter(System.err, true, charset)));
  }

  /** Runs one command with these as standard output and standard error, and gives its exit code. */
  static int execute(String[] args, PrintWriter out, PrintWriter err) {
    boolean verbose = Arrays.asList(args).contains("-v") || Arrays.asList(args).contains("--verbose");
    if (verbose) {
      LibraryLog.showWarnings();
    }
    try {
      return commandLine(out, err).execute(args);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      return ErrorReport.print(e, verbose, err);
    } finally {
      out.flush();
    }
  }

  /** All commands. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler((error, command, parsed) -> failed(error, command));
  }

  private static int failed(Exception error, CommandLine command) {
    CommandLine.ParseResult given = command.getParseResult();
    if (given.hasMatchedOption("--json")) {
      ErrorReport.printJson(error, command.getOut());
    }
    return ErrorReport.print(error, given.hasMatchedOption("-v"), command.getErr());
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "A command is missing.");
  }
}
