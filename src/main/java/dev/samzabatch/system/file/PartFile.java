package dev.samzabatch.system.file;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A staged file that is being written. Used by one thread. */
public final class PartFile implements Closeable {

  private static final int BUFFER = 64 << 10;

  private final Path path;
  private final String name;
  private final FileOutputStream file;
  private final ChecksumOutputStream checked;
  private final OutputStream buffered;

  private PartFile(Path path, String name, boolean append) throws IOException {
    this.path = path;
    this.name = name;
    this.file = new FileOutputStream(path.toFile(), append);
    this.checked = new ChecksumOutputStream(file, path);
    this.buffered = new BufferedOutputStream(checked, BUFFER);
  }

  /** A new file, in place of one that an earlier attempt has left. */
  static PartFile create(Path path, String name) throws IOException {
    return new PartFile(path, name, false);
  }

  /**
   * The file as it was at a commit, to be written further: what lies behind that is cut off.
   *
   * @throws IOException when the file is not what was committed
   */
  static PartFile reopen(Path path, StagedFile committed) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(committed.bytes());
    }
    PartFile part = new PartFile(path, committed.name(), true);
    try (InputStream in = new FileInputStream(path.toFile())) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        part.checked.alreadyThere(buffer, read);
      }
    }
    if (part.checked.bytes() != committed.bytes() || part.checked.checksum() != committed.checksum()) {
      part.close();
      throw new IOException(path + " is not the staged file that was committed: expected " + committed.bytes()
          + " bytes with CRC32C " + Long.toHexString(committed.checksum()) + ", found " + part.checked.bytes()
          + " with " + Long.toHexString(part.checked.checksum()));
    }
    return part;
  }

  /** Takes the bytes, buffered. Closing it does no more than flushing it. */
  public OutputStream out() {
    return buffered;
  }

  /** How many bytes have been written to the file; what is buffered does not count. */
  public long bytes() {
    return checked.bytes();
  }

  /**
   * Makes everything written so far durable and tells what it is; more may follow.
   *
   * @param rows how many records the file holds so far
   */
  public StagedFile commit(long rows) throws IOException {
    buffered.flush();
    try {
      file.getFD().sync();
    } catch (IOException e) {
      throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
    }
    return new StagedFile(name, rows, checked.bytes(), checked.checksum());
  }

  /** Closes the file; what was written since the last commit is of no use. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
