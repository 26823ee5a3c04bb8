package dev.samzabatch.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lock of a job: an operating system lock on a file, so that it ends with the process that holds it, however that ends. A
 * readable record beside it says who the holder is; it is for people only and proves nothing.
 */
final class JobLock implements Closeable {

  private static final String LOCK = "lock";
  private static final String HOLDER = "holder.json";

  private final FileChannel channel;
  private final FileLock lock;
  private final Path holder;

  private JobLock(FileChannel channel, FileLock lock, Path holder) {
    this.channel = channel;
    this.lock = lock;
    this.holder = holder;
  }

  /** Takes the lock, or gives nothing when another run has it. */
  static Optional<JobLock> tryAcquire(StateDirectory state, String job, String runId) {
    Path directory = state.jobDirectory(job);
    state.create(directory);
    FileChannel channel = null;
    try {
      channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      JobLock held = new JobLock(channel, lock, directory.resolve(HOLDER));
      held.writeHolder(runId);
      return Optional.of(held);
    } catch (IOException e) {
      closeQuietly(channel);
      throw state.unusable(e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
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
  static boolean isHeld(StateDirectory state, String job) {
    Path file = state.jobDirectory(job).resolve(LOCK);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        return true;
      }
      lock.release();
      return false;
    } catch (IOException e) {
      throw state.unusable(e);
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
    Files.deleteIfExists(holder);
    lock.release();
    channel.close();
  }
}
