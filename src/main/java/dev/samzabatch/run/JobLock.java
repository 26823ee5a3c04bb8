package dev.samzabatch.run;

import dev.samzabatch.system.FaultPoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lock of a job: an operating system lock on a file, so that it ends with the process that holds it, however that
 * ends. A readable record beside it says who the holder is; it is for people only and proves nothing.
 */
final class JobLock implements Closeable {

  private static final String LOCK = "lock";
  private static final String HOLDER = "holder.json";

  /**
   * The lock files that this process holds; guarded by the class. POSIX ends all locks of a process on a file as soon
   * as it closes any channel to that file, so a file in this set must never be opened a second time.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private final Path holder;

  private JobLock(Path file, FileChannel channel, FileLock lock, Path holder) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
    this.holder = holder;
  }

  /** Takes the lock, or gives nothing when another run has it. */
  static synchronized Optional<JobLock> tryAcquire(StateDirectory state, String job, String runId) {
    Path directory = state.jobDirectory(job);
    state.create(directory);
    FileChannel channel = null;
    try {
      FaultPoint.LOCK_TAKE.reach();
      Path file = directory.toRealPath().resolve(LOCK);
      if (HELD.contains(file)) {
        return Optional.empty();
      }
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      FaultPoint.LOCK_TAKEN.reach();
      Optional<LockHolder> former = holder(state, job);
      if (former.isPresent()) {
        UnbegunRun.delete(state, former.get().runId());
      }
      JobLock held = new JobLock(file, channel, lock, directory.resolve(HOLDER));
      held.writeHolder(runId);
      HELD.add(file);
      return Optional.of(held);
    } catch (IOException e) {
      closeQuietly(channel);
      throw state.unusable(e);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
  }

  /** Whether some process runs the job at present. */
  static synchronized boolean isHeld(StateDirectory state, String job) {
    Path directory = state.jobDirectory(job);
    if (!Files.exists(directory.resolve(LOCK))) {
      return false;
    }
    try {
      Path file = directory.toRealPath().resolve(LOCK);
      return HELD.contains(file) || isLocked(file);
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  private static boolean isLocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  /** What the holder has said of itself; empty when there is no readable record. */
  static Optional<LockHolder> holder(StateDirectory state, String job) {
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
    record.put("host", System.getenv().getOrDefault("HOSTNAME", "localhost"));
    record.put("since", Instant.now().toString());
    JsonFile.write(holder, record);
  }

  @Override
  public void close() throws IOException {
    synchronized (JobLock.class) {
      try {
        FaultPoint.LOCK_RELEASE.reach();
        Files.deleteIfExists(holder);
      } catch (IOException e) {
        // It is for people only: one that stays names a process that is gone.
      } finally {
        HELD.remove(file);
        lock.release();
        channel.close();
      }
    }
  }
}
