package dev.samzabatch.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What it takes to make changes of files survive a loss of power. */
public final class Durable {

  private static final String UNFINISHED = ".unfinished";

  private Durable() {}

  /** Makes the names in the directory durable: files created, renamed and deleted in it so far. */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Gives the file these bytes in one step: whoever looks, also after a crash, finds the old bytes or the new. A crash
   * may leave a file of the same name with {@code .unfinished} behind it, which the next call replaces.
   */
  public static void replace(Path file, byte[] bytes) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel = FileChannel.open(
        unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      FaultPoint.FILE_REPLACE.reach();
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    syncDirectory(file.toAbsolutePath().getParent());
  }
}
