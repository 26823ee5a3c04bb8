package dev.samzabatch.run;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where runs keep what they need and leave behind:
 *
 * <pre>
 * jobs/JOB/lock               locked by the process that runs the job
 * jobs/JOB/holder.json        who that is, for people
 * runs/RUN.ID/manifest.json   everything that the run creates, written before it is created
 * runs/RUN.ID/run.json        the run's record
 * runs/RUN.ID/run.log         its log
 * runs/RUN.ID/streams/        its internal streams
 * runs/RUN.ID/stores/         databases of its steps
 * runs/RUN.ID/stdout/         rows for standard output
 * runs/RUN.ID/publish.json    how its complete result is published, while that is going on
 * </pre>
 *
 * <p>
 * Nothing is created before a run has the lock of its job.
 */
public final class StateDirectory {

  /** Name of the directory of databases in a run's own. */
  static final String STORES = "stores";

  private final Path root;

  /** The state directory at this path, which need not exist yet. */
  public StateDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * The directory that the environment names: {@code SAMZA_BATCH_STATE}, else {@code XDG_STATE_HOME/samza-batch}, else
   * {@code
   * ~/.local/state/samza-batch}. Never a temporary directory, which others empty.
   */
  public static StateDirectory ofEnvironment(Map<String, String> environment) {
    String own = environment.getOrDefault("SAMZA_BATCH_STATE", "");
    if (!own.isEmpty()) {
      return new StateDirectory(Path.of(own));
    }
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(xdg);
    return new StateDirectory(base.resolve("samza-batch"));
  }

  /** The directory itself. */
  public Path root() {
    return root;
  }

  Path jobDirectory(String job) {
    return root.resolve("jobs").resolve(job);
  }

  Path runs() {
    return root.resolve("runs");
  }

  /** The directory of a run. */
  public Path runDirectory(String runId) {
    return runs().resolve(runId);
  }

  /** Where a run's internal streams lie. */
  public Path streams(String runId) {
    return runDirectory(runId).resolve("streams");
  }

  /** Where a run's databases lie. */
  Path stores(String runId) {
    return runDirectory(runId).resolve(STORES);
  }

  /** Creates a directory within this one, with those above it. */
  void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The error for a state directory that cannot be written. */
  UserException unusable(IOException cause) {
    String message = "the state directory " + root + " cannot be used: " + Failures.text(cause);
    String hint = "make it writable, free space, or choose another one with --state-dir DIR or $SAMZA_BATCH_STATE";
    return new UserException(ErrorKind.RESOURCES, Problem.error("SB-5001", Place.none(), message, hint), cause);
  }
}
