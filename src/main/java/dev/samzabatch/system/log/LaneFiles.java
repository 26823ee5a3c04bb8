package dev.samzabatch.system.log;

import dev.samzabatch.system.Durable;
import dev.samzabatch.system.StreamSpec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of one lane, a file a partition, open for appending. Files are made when something is appended to them; of
 * many only the {@value #MAX_OPEN} last used are open.
 *
 * <p>
 * A file's length here counts what was written as a whole. A write that fails half-way leaves bytes behind that length:
 * the next write goes over them, and opening the lane again cuts them off.
 */
final class LaneFiles implements Closeable {

  private static final int MAX_OPEN = 64;

  private final StreamDirectory directory;
  private final StreamSpec stream;
  private final String lane;
  private final long[] lengths;
  private final boolean[] changed;
  private final LinkedHashMap<Integer, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);
  private boolean created;
  private long written;

  /** Opens the lane with everything behind the committed lengths cut off; no lengths: all 0. */
  LaneFiles(StreamDirectory directory, StreamSpec stream, String lane, long[] committed) throws IOException {
    if (committed.length != 0 && committed.length != stream.partitions()) {
      throw new IllegalArgumentException(committed.length + " lengths for " + stream.partitions() + " partitions");
    }
    this.directory = directory;
    this.stream = stream;
    this.lane = lane;
    this.lengths = committed.length == 0 ? new long[stream.partitions()] : committed.clone();
    this.changed = new boolean[lengths.length];
    for (int partition = 0; partition < lengths.length; partition++) {
      cut(partition);
    }
  }

  private void cut(int partition) throws IOException {
    Path file = directory.file(partition, lane);
    long length = lengths[partition];
    if (length == 0) {
      Files.deleteIfExists(file);
      return;
    }
    long found = Files.exists(file) ? Files.size(file) : 0;
    if (found < length) {
      throw new DamagedLogException(file, found, "the file ends here, but " + length + " bytes of it were committed");
    }
    if (!LogFileHeader.read(file).equals(header(partition))) {
      throw new DamagedLogException(file, 0, "the file belongs to another stream: " + LogFileHeader.read(file));
    }
    if (found > length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
    }
  }

  private LogFileHeader header(int partition) {
    return new LogFileHeader(stream.name(), partition, lane, stream.schema().toString());
  }

  /** Appends {@code bytes[0 .. end)} to a partition's file. */
  void append(int partition, byte[] bytes, int end) throws IOException {
    Path file = directory.file(partition, lane);
    try {
      FileChannel channel = channel(partition, file);
      changed[partition] = true;
      if (lengths[partition] == 0) {
        byte[] header = header(partition).bytes();
        write(channel, partition, header, header.length);
      }
      write(channel, partition, bytes, end);
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private FileChannel channel(int partition, Path file) throws IOException {
    FileChannel channel = open.get(partition);
    if (channel != null) {
      return channel;
    }
    if (open.size() >= MAX_OPEN) {
      Map.Entry<Integer, FileChannel> oldest = open.entrySet().iterator().next();
      oldest.getValue().close();
      open.remove(oldest.getKey());
    }
    created |= lengths[partition] == 0;
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    open.put(partition, channel);
    return channel;
  }

  private void write(FileChannel channel, int partition, byte[] bytes, int end) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, end);
    long start = lengths[partition];
    while (buffer.hasRemaining()) {
      channel.write(buffer, start + buffer.position());
    }
    lengths[partition] = start + end;
    written += end;
  }

  /** Makes everything appended durable and gives the lengths. */
  long[] sync() throws IOException {
    for (int partition = 0; partition < changed.length; partition++) {
      if (changed[partition]) {
        channel(partition, directory.file(partition, lane)).force(false);
        changed[partition] = false;
      }
    }
    if (created) {
      Durable.syncDirectory(directory.path());
      created = false;
    }
    return lengths.clone();
  }

  /** Bytes appended since this was opened. */
  long written() {
    return written;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (FileChannel channel : open.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
