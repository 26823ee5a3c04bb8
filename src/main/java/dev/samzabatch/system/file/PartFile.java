package dev.samzabatch.system.file;

import dev.samzabatch.system.Durable;
import dev.samzabatch.system.FaultPoint;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
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

  /** Whether the file's name is durable. */
  private boolean named;

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
    FaultPoint.RESTORE_FILE.reach();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(committed.bytes());
    } catch (NoSuchFileException e) {
      throw new IOException(path + " is gone, but " + committed.bytes() + " bytes of it were committed", e);
    }
    PartFile part = new PartFile(path, committed.name(), true);
    try {
      part.check(committed);
    } catch (IOException e) {
      part.close();
      throw e;
    }
    return part;
  }

  private void check(StagedFile committed) throws IOException {
    try (InputStream in = new FileInputStream(path.toFile())) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checked.alreadyThere(buffer, read);
      }
    }
    if (checked.bytes() != committed.bytes() || checked.checksum() != committed.checksum()) {
      throw new IOException(path + " is not the staged file that was committed: expected " + committed.bytes()
          + " bytes with CRC32C " + Long.toHexString(committed.checksum()) + ", found " + checked.bytes() + " with "
          + Long.toHexString(checked.checksum()));
    }
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
    checked.refuseBroken();
    buffered.flush();
    try {
      FaultPoint.PART_SYNC.reach();
      file.getFD().sync();
      if (!named) {
        Durable.syncDirectory(path.toAbsolutePath().getParent());
        named = true;
      }
    } catch (IOException e) {
      throw checked.failed(e);
    }
    return new StagedFile(name, rows, checked.bytes(), checked.checksum());
  }

  /** Closes the file; what was written since the last commit is of no use. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
