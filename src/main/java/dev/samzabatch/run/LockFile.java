package dev.samzabatch.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** An operating system lock on a file, which ends with the process that holds it, however that ends. */
final class LockFile implements Closeable {

  private static final String NAME = "lock";

  /**
   * The lock files that this process holds; guarded by the class. POSIX ends all locks of a process on a file as soon
   * as it closes any channel to that file, so a file in this set must never be opened a second time.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private LockFile(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /** Locks the file in a directory, or gives nothing when somebody has locked it. */
  static Optional<LockFile> tryLock(Path directory) throws IOException {
    synchronized (LockFile.class) {
      Path file = directory.toRealPath().resolve(NAME);
      if (HELD.contains(file)) {
        return Optional.empty();
      }
      FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          HELD.add(file);
          return Optional.of(new LockFile(file, channel, lock));
        }
      } catch (IOException e) {
        closeAfter(e, channel);
        throw e;
      }
      channel.close();
      return Optional.empty();
    }
  }

  private static void closeAfter(IOException failure, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Whether somebody has locked the file in a directory. */
  static boolean isLocked(Path directory) throws IOException {
    synchronized (LockFile.class) {
      if (!Files.exists(directory.resolve(NAME))) {
        return false;
      }
      Path file = directory.toRealPath().resolve(NAME);
      if (HELD.contains(file)) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        return lock == null;
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (LockFile.class) {
      HELD.remove(file);
      lock.release();
      channel.close();
    }
  }
}
