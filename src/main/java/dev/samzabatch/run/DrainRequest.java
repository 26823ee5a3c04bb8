package dev.samzabatch.run;

import dev.samzabatch.container.RunState;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that a run without end reads no further, finishes what it has read, and publishes it: a file {@code drain}
 * in the run's directory, for which the run looks from a thread of its own until this is closed.
 */
public final class DrainRequest {

  private static final String FILE = "drain";
  private static final long LOOK_MILLIS = 250;

  private final Path file;
  private final RunState run;
  private final CountDownLatch closed = new CountDownLatch(1);

  private DrainRequest(Path directory, RunState run) {
    this.file = directory.resolve(FILE);
    this.run = run;
  }

  /**
   * Asks a run that is under way to drain.
   *
   * @throws UserException when it is under way on another host
   */
  public static void write(StateDirectory state, String runId) {
    Optional<String> host = new RunRegistry(state).host(runId).filter(h -> !h.equals(HostName.own()));
    if (host.isPresent()) {
      throw new UserException(Problem.error("SB-6010", Place.none(), "run " + runId + " is under way on host "
          + host.get(), "drain it there"));
    }
    try {
      JsonFile.write(state.runDirectory(runId).resolve(FILE), Map.of("drain", true));
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  /** Looks for the wish from now on. */
  static DrainRequest watch(Path directory, RunState run) {
    DrainRequest watch = new DrainRequest(directory, run);
    Thread thread = new Thread(watch::look, "drain");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void look() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (Files.exists(file)) {
          run.drain();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the looking. */
  void close() {
    closed.countDown();
  }
}
