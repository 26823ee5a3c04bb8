package dev.samzabatch.run;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.system.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * runs/RUN.ID/topics.json     ids of its internal topics; only when it has such
 * runs/RUN.ID/mirrored        says on which system other hosts see the run as well; only then
 * </pre>
 *
 * <p>
 * Nothing is created before a run has the lock of its job.
 */
public final class StateDirectory {

  /** Name of the directory of databases in a run's own. */
  static final String STORES = "stores";

  /** Name of the file that says that other hosts see a run. */
  static final String MIRRORED = "mirrored";

  private final Path root;
  private volatile Optional<RunMirror> mirror = Optional.empty();

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

  /** Lets runs be seen, from now on, by other hosts that have the same mirror; empty to end that. */
  void mirrorTo(Optional<RunMirror> other) {
    mirror = other;
  }

  /** What other hosts see as well; empty when there is no such thing. */
  Optional<RunMirror> mirror() {
    return mirror;
  }

  /** Whether other hosts see this run as well. */
  boolean isShared(String runId) {
    return Files.exists(runDirectory(runId).resolve(MIRRORED));
  }

  /** Name and id of the system on which other hosts see a run; empty when none do. */
  String sharedOn(String runId) {
    try {
      return isShared(runId) ? Files.readString(runDirectory(runId).resolve(MIRRORED)).strip() : "";
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The mirror, if it is the one where other hosts see this run. */
  Optional<RunMirror> mirrorOf(String runId) {
    return mirror.filter(m -> m.id().equals(sharedOn(runId)));
  }

  /** Notes, before anything of it is written, that other hosts are to see a run; nothing is done without a mirror. */
  void share(String runId) throws IOException {
    if (mirror.isPresent()) {
      byte[] name = (mirror.get().id() + "\n").getBytes(StandardCharsets.UTF_8);
      Durable.replace(runDirectory(runId).resolve(MIRRORED), name);
    }
  }

  /** Notes that other hosts do not see a run any more. */
  void unshare(String runId) throws IOException {
    Files.deleteIfExists(runDirectory(runId).resolve(MIRRORED));
  }

  /**
   * Writes a small file of a run in one durable step: in the mirror first, so that it is never behind what is here.
   *
   * @throws IOException when it cannot be written; its cause is a {@link UserException} when that is the mirror's fault
   */
  void save(String runId, String file, Map<String, ?> object) throws IOException {
    byte[] text = JsonFile.text(object);
    Optional<RunMirror> other = mirrorOf(runId);
    if (other.isPresent()) {
      try {
        other.get().put(runId, file, text);
      } catch (UserException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    Durable.replace(runDirectory(runId).resolve(file), text);
  }

  /** Deletes a small file of a run, in its mirror as well. */
  void delete(String runId, String file) throws IOException {
    Optional<RunMirror> other = mirrorOf(runId);
    if (Files.deleteIfExists(runDirectory(runId).resolve(file)) && other.isPresent()) {
      forget(other.get(), runId, List.of(file));
    }
  }

  /** Lets other hosts forget a run that is deleted here; its record goes last, so that all can be tried again. */
  void forget(RunMirror other, String runId) throws IOException {
    forget(other, runId, List.of(PublishJournal.FILE, TopicIds.FILE, Manifest.FILE, RunRecord.FILE));
  }

  private static void forget(RunMirror other, String runId, List<String> files) throws IOException {
    try {
      for (String file : files) {
        other.remove(runId, file);
      }
    } catch (UserException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Creates a directory within this one, with those above it. */
  void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The error for a state directory that cannot be written, or for its mirror when that is at fault. */
  UserException unusable(IOException cause) {
    if (cause.getCause() instanceof UserException other) {
      return other;
    }
    String message = "the state directory " + root + " cannot be used: " + Failures.text(cause);
    String hint = "make it writable, free space, or choose another one with --state-dir DIR or $SAMZA_BATCH_STATE";
    return new UserException(ErrorKind.RESOURCES, Problem.error("SB-5001", Place.none(), message, hint), cause);
  }
}
