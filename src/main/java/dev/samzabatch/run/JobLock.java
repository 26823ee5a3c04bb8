package dev.samzabatch.run;

import dev.samzabatch.data.UserException;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.kafka.BusLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lock of a job: that of a file, among the processes of this host, and behind it, when the state directory has a
 * mirror, the one that all hosts share. Whoever gets that one is told, before anything else, what former holders have
 * written. A readable record beside the file says who the holder is; it is for people only and proves nothing.
 */
final class JobLock implements Closeable {

  private static final String HOLDER = "holder.json";

  private final LockFile file;
  private final Path holder;
  private final Optional<BusLock> shared;

  private JobLock(LockFile file, Path holder, Optional<BusLock> shared) {
    this.file = file;
    this.holder = holder;
    this.shared = shared;
  }

  /** Takes the lock for a short time, or gives nothing when another run has it. */
  static Optional<JobLock> tryAcquire(StateDirectory state, String job, String runId) {
    return tryAcquire(state, job, runId, lost -> {});
  }

  /**
   * Takes the lock, or gives nothing when another run has it.
   *
   * @param whenLost is told, by any thread, when another host has taken the lock meanwhile, or may have
   */
  static Optional<JobLock> tryAcquire(StateDirectory state, String job, String runId,
      Consumer<UserException> whenLost) {
    Path directory = state.jobDirectory(job);
    state.create(directory);
    try {
      FaultPoint.LOCK_TAKE.reach();
      Optional<LockFile> file = LockFile.tryLock(directory);
      return file.isEmpty() ? Optional.empty() : behind(file.get(), state, job, runId, whenLost);
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  /** Goes on when the file is locked; it is released when there is no lock in the end. */
  private static Optional<JobLock> behind(LockFile file, StateDirectory state, String job, String runId,
      Consumer<UserException> whenLost) throws IOException {
    Optional<BusLock> shared = Optional.empty();
    boolean taken = false;
    try {
      FaultPoint.LOCK_TAKEN.reach();
      Optional<RunMirror> mirror = state.mirror();
      if (mirror.isPresent()) {
        shared = mirror.get().tryLock(job, runId, failure -> {
          // Whoever has the lock now writes what all hosts see of the run.
          state.mirrorTo(Optional.empty());
          whenLost.accept(failure);
        });
        if (shared.isEmpty()) {
          return Optional.empty();
        }
        new MirroredRuns(state, mirror.get(), Optional.of(job)).pull();
      }
      Optional<LockHolder> former = said(state, job);
      if (former.isPresent()) {
        UnbegunRun.delete(state, former.get().runId());
      }
      JobLock held = new JobLock(file, state.jobDirectory(job).resolve(HOLDER), shared);
      held.writeHolder(runId);
      taken = true;
      return Optional.of(held);
    } finally {
      if (!taken) {
        close(shared, file);
      }
    }
  }

  /** Without a method reference, which would load classes of Kafka's for every job. */
  private static void close(Optional<BusLock> shared, LockFile file) throws IOException {
    try {
      if (shared.isPresent()) {
        shared.get().close();
      }
    } finally {
      file.close();
    }
  }

  /** Whether some process of this host runs the job at present. */
  static boolean isHeldHere(StateDirectory state, String job) {
    try {
      return LockFile.isLocked(state.jobDirectory(job));
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  /** Who has the lock, as far as that is known; it may be somebody who is dead. */
  static Optional<LockHolder> holder(StateDirectory state, String job) {
    if (state.mirror().isPresent() && !isHeldHere(state, job)) {
      try {
        return state.mirror().get().lockHolder(job);
      } catch (IOException e) {
        throw state.unusable(e);
      }
    }
    return said(state, job);
  }

  /** What the holder on this host has said of itself; empty when there is no readable record. */
  private static Optional<LockHolder> said(StateDirectory state, String job) {
    try {
      Map<String, Object> record = JsonFile.read(state.jobDirectory(job).resolve(HOLDER));
      return Optional.of(
          new LockHolder(
              String.valueOf(record.get("run.id")),
              ((Number) record.get("pid")).longValue(),
              String.valueOf(record.get("host")),
              Instant.parse(String.valueOf(record.get("since")))));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private void writeHolder(String runId) throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("run.id", runId);
    record.put("pid", ProcessHandle.current().pid());
    record.put("host", HostName.own());
    record.put("since", Instant.now().toString());
    JsonFile.write(holder, record);
  }

  /**
   * Makes sure that no other host has taken the lock meanwhile, nor will for the next seconds.
   *
   * @throws UserException when it has, or that cannot be found out
   */
  void requireHeld() throws IOException {
    if (shared.isPresent()) {
      shared.get().requireHeld();
    }
  }

  /** What lies behind the failure of a run: who loses the lock finds that others have deleted what it needs. */
  UserException behind(UserException failure) {
    try {
      requireHeld();
      return failure;
    } catch (UserException e) {
      return shared.get().isLost() ? e : failure;
    } catch (IOException e) {
      return failure;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      FaultPoint.LOCK_RELEASE.reach();
      Files.deleteIfExists(holder);
    } catch (IOException e) {
      // It is for people only: one that stays names a process that is gone.
    } finally {
      close(shared, file);
    }
  }
}
