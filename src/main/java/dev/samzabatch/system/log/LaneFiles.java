package dev.samzabatch.system.log;

import dev.samzabatch.system.BlockSink;
import dev.samzabatch.system.Durable;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one lane, a row of segments a partition, open for appending. Files are made when something is appended
 * to them; of many only the {@value #MAX_OPEN} last used are open.
 *
 * <p>
 * A length here counts what was written as a whole. A write that fails half-way leaves bytes behind that length, which
 * are cut off when the lane is opened again; this object takes nothing more then, also since a disk that has failed to
 * make bytes durable may claim the next time that it has.
 */
final class LaneFiles implements BlockSink {

  private static final int MAX_OPEN = 64;

  private final StreamDirectory directory;
  private final StreamSpec stream;
  private final String lane;
  private final StreamLanes lanes;
  private final long segmentBytes;
  private final long[] lengths;
  private final long[] starts;
  private final boolean[] changed;
  private final List<StreamDirectory.Segment> finished = new ArrayList<>();
  private final LinkedHashMap<Integer, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);
  private boolean created;
  private boolean broken;
  private long written;

  /**
   * Opens the lane with everything behind the committed lengths cut off.
   *
   * @param committed a length for each partition, or none: all 0
   * @param lanes tells which partitions are dropped
   * @param segmentBytes a segment that has so many is full
   */
  LaneFiles(
      StreamDirectory directory, StreamSpec stream, String lane, long[] committed, StreamLanes lanes, long segmentBytes)
      throws IOException {
    this.directory = directory;
    this.stream = stream;
    this.lane = lane;
    this.lanes = lanes;
    this.segmentBytes = segmentBytes;
    this.lengths = committed.length == 0 ? new long[stream.partitions()] : committed.clone();
    this.starts = new LaneCut(directory, stream, lane).to(lengths);
    this.changed = new boolean[lengths.length];
  }

  /** Appends {@code bytes[0 .. end)}, which stay together in one segment, to a partition. */
  @Override
  public void append(int partition, byte[] bytes, int end) throws IOException {
    if (lanes.isDropped(partition)) {
      throw new IllegalStateException("partition " + partition + " of " + stream.name() + " has been dropped");
    }
    refuseBroken();
    try {
      FaultPoint.BLOCK_WRITE.reach();
      if (lengths[partition] - starts[partition] >= segmentBytes) {
        roll(partition);
      }
      FileChannel channel = channel(partition);
      changed[partition] = true;
      if (lengths[partition] == starts[partition]) {
        byte[] header = LogFileHeader.of(stream, partition, lane, starts[partition]).bytes();
        write(channel, partition, header, header.length);
      }
      write(channel, partition, bytes, end);
    } catch (IOException e) {
      broken = true;
      throw new IOException("cannot write " + file(partition) + ": " + e.getMessage(), e);
    }
  }

  /** A lane keeps everything: whoever reads it says where it begins. */
  @Override
  public void beginAnew(int partition) {}

  private void refuseBroken() throws IOException {
    if (broken) {
      throw new IOException("lane " + lane + " of " + stream.name() + " cannot be written: an earlier write failed");
    }
  }

  private Path file(int partition) {
    return directory.file(partition, lane, starts[partition]);
  }

  /** Ends the segment of a partition; the next block makes the next. */
  private void roll(int partition) throws IOException {
    FaultPoint.SEGMENT_ROLL.reach();
    FileChannel channel = open.remove(partition);
    if (channel != null) {
      channel.close();
    }
    if (changed[partition]) {
      finished.add(new StreamDirectory.Segment(file(partition), partition, lane, starts[partition]));
      changed[partition] = false;
    }
    starts[partition] = lengths[partition];
  }

  private FileChannel channel(int partition) throws IOException {
    FileChannel channel = open.get(partition);
    if (channel != null) {
      return channel;
    }
    if (open.size() >= MAX_OPEN) {
      Map.Entry<Integer, FileChannel> oldest = open.entrySet().iterator().next();
      oldest.getValue().close();
      open.remove(oldest.getKey());
    }
    if (lengths[partition] == starts[partition]) {
      channel = FileChannel.open(file(partition), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      created = true;
    } else {
      channel = FileChannel.open(file(partition), StandardOpenOption.WRITE);
    }
    open.put(partition, channel);
    return channel;
  }

  private void write(FileChannel channel, int partition, byte[] bytes, int end) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, end);
    long start = lengths[partition] - starts[partition];
    while (buffer.hasRemaining()) {
      channel.write(buffer, start + buffer.position());
    }
    lengths[partition] += end;
    written += end;
  }

  /** Makes everything appended durable and gives the lengths. */
  @Override
  public long[] sync() throws IOException {
    refuseBroken();
    try {
      FaultPoint.LANE_SYNC.reach();
      closeDropped();
      syncFiles();
    } catch (IOException e) {
      broken = true;
      throw new IOException("cannot make lane " + lane + " of " + stream.name() + " durable: " + e.getMessage(), e);
    }
    return lengths();
  }

  /** Gives back the space of files that are deleted already. */
  private void closeDropped() throws IOException {
    for (Integer partition : List.copyOf(open.keySet())) {
      if (lanes.isDropped(partition)) {
        open.remove(partition).close();
      }
    }
    finished.removeIf(segment -> lanes.isDropped(segment.partition()));
  }

  private void syncFiles() throws IOException {
    for (StreamDirectory.Segment segment : finished) {
      try (FileChannel channel = FileChannel.open(segment.path(), StandardOpenOption.WRITE)) {
        channel.force(false);
      }
    }
    finished.clear();
    for (int partition = 0; partition < changed.length; partition++) {
      if (changed[partition] && !lanes.isDropped(partition)) {
        channel(partition).force(false);
        changed[partition] = false;
      }
    }
    if (created) {
      Durable.syncDirectory(directory.path());
      created = false;
    }
  }

  @Override
  public long[] lengths() {
    return lengths.clone();
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public int mostBytes() {
    return Integer.MAX_VALUE;
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
