package dev.samzabatch.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of one megabyte, where the user may mount one; it is gone when closed. */
public final class TinyDisk implements AutoCloseable {

  private static final String FILLER = "filler";

  private final Path directory;
  private final boolean mounted;

  private TinyDisk(Path directory, boolean mounted) {
    this.directory = directory;
    this.mounted = mounted;
  }

  public static TinyDisk mount(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new TinyDisk(directory, succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString()));
  }

  public boolean isMounted() {
    return mounted;
  }

  /** Writes a file that takes all space but so many pages. */
  public void fill(int freePages) throws IOException {
    try (OutputStream out = Files.newOutputStream(directory.resolve(FILLER))) {
      byte[] page = new byte[4096];
      while (Files.getFileStore(directory).getUsableSpace() > freePages * (long) page.length) {
        out.write(page);
      }
    }
  }

  /** Deletes that file. */
  public void empty() throws IOException {
    Files.delete(directory.resolve(FILLER));
  }

  @Override
  public void close() throws IOException {
    if (mounted && !succeeds("umount", "-l", directory.toString())) {
      throw new IOException("still mounted: " + directory);
    }
  }

  private static boolean succeeds(String... command) throws IOException {
    try {
      return new ProcessBuilder(command).inheritIO().redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
