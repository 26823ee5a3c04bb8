package dev.samzabatch.cli;

import dev.samzabatch.run.SharedRuns;
import dev.samzabatch.run.StateDirectory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samza-batch clean}. */
@Command(name = "clean", mixinStandardHelpOptions = true,
    description = "Deletes runs: their internal streams, staged files, records and logs, exactly what their manifests "
        + "name. Published outputs stay. Runs under way stay. It deletes at once; try it with -n first.")
final class CleanCommand implements Callable<Integer> {

  /** Which runs are meant; exactly one of them is given. */
  static final class Selection {
    @Option(names = "--run-id", paramLabel = "RUN", required = true,
        description = "The run of this run.id, or of the beginning or end of one.")
    private String runId;

    @Option(names = "--older", paramLabel = "TIME", required = true, converter = AgeConverter.class,
        description = "Runs that began so long ago or earlier: 7d, 12h, 30m.")
    private Duration older;

    @Option(names = "--failed", required = true, description = "Runs that did not publish their result.")
    private boolean failed;

    @Option(names = "--all", required = true, description = "All runs.")
    private boolean all;

    @Option(names = "--orphans", required = true, description = "What lies among the runs with a manifest, but without "
        + "a record that can be read. What has no manifest is only told.")
    private boolean orphans;

    Optional<String> runId() {
      return Optional.ofNullable(runId);
    }

    Optional<Duration> older() {
      return Optional.ofNullable(older);
    }

    boolean failed() {
      return failed;
    }

    boolean orphans() {
      return orphans;
    }
  }

  @ArgGroup(multiplicity = "1")
  private Selection selection;

  @Option(names = {"-n", "--dry-run"}, description = "Only tells what would be deleted.")
  private boolean dryRun;

  @Parameters(arity = "0..1", paramLabel = "JOB", description = "Only runs of the job of this name.")
  private Optional<String> job = Optional.empty();

  @Mixin
  private StateOptions state;

  @Mixin
  private ViaOptions via;

  @Mixin
  private ConsoleOptions console;

  @Option(names = "--json", description = "Prints the receipt as one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StateDirectory directory = Settings.state(state);
    try (SharedRuns shared = Settings.shared(directory)) {
      Settings.connect(shared, via);
      return new CleanAction(directory, shared, new Console(console), dryRun, json).clean(selection, job);
    }
  }
}
