package dev.samzabatch.system.log;

import dev.samzabatch.data.BatchCodec;
import dev.samzabatch.data.BatchDecoder;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.system.BlockSink;
import dev.samzabatch.system.BlockWriter;
import dev.samzabatch.system.Durable;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.LaneItems;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.Publications;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Managed streams in files under one directory:
 *
 * <pre>
 * DIRECTORY/STREAM/pPARTITION-LANE.START.log  =  {@link LogFileHeader} { {@link Block} }
 * </pre>
 *
 * <p>
 * A lane of a partition is a row of such segments. Its offsets and lengths count their bytes through, headers included:
 * a segment starts at the offset where the one before it ends, and its name says which that is, so that the first ones
 * can be deleted. A block lies in one segment as a whole. A file exists as soon as something was appended to it.
 *
 * <p>
 * What is published is known only to this object and lost with it: a checkpoint holds the lengths, and whoever resumes
 * publishes them again.
 */
public final class LogStreams implements InternalStreams {

  /** A segment that has so many bytes is full. */
  public static final long SEGMENT_BYTES = 64L << 20;

  /** Memory of a writer, in bytes, where nobody says another. */
  public static final long WRITER_MEMORY = 32L << 20;

  private final Path directory;
  private final long writerMemory;
  private final long segmentBytes;
  private final Map<String, StreamLanes> lanes = new ConcurrentHashMap<>();
  private final Publications publications = new Publications();

  /** The streams in this directory, which need not exist yet. */
  public LogStreams(Path directory) {
    this(directory, WRITER_MEMORY);
  }

  /**
   * The streams in this directory, which need not exist yet.
   *
   * @param writerMemory how many bytes of rows a writer holds at most
   */
  public LogStreams(Path directory, long writerMemory) {
    this(directory, writerMemory, SEGMENT_BYTES);
  }

  /**
   * The streams in this directory, with segments of another size. What was written with one size can be read and
   * written on with another.
   */
  public LogStreams(Path directory, long writerMemory, long segmentBytes) {
    this.directory = directory;
    this.writerMemory = writerMemory;
    this.segmentBytes = segmentBytes;
  }

  @Override
  public void create(StreamSpec stream) throws IOException {
    StreamDirectory files = directoryOf(stream);
    FaultPoint.STREAM_CREATE.reach();
    Files.createDirectories(directory);
    Files.createDirectory(files.path());
    Durable.syncDirectory(directory);
  }

  @Override
  public void ensure(StreamSpec stream) throws IOException {
    StreamDirectory files = directoryOf(stream);
    if (!Files.isDirectory(files.path())) {
      FaultPoint.STREAM_CREATE.reach();
      Files.createDirectories(files.path());
    }
    Durable.syncDirectory(directory);
  }

  private StreamDirectory directoryOf(StreamSpec stream) {
    return new StreamDirectory(directory, stream.name());
  }

  @Override
  public List<String> lanes(StreamSpec stream) throws IOException {
    return directoryOf(stream).segments().stream().map(StreamDirectory.Segment::lane).distinct().sorted().toList();
  }

  @Override
  public void replay(StreamSpec stream, Collection<String> replayed, LaneItems items) throws IOException {
    for (String lane : new TreeSet<>(replayed)) {
      long[] intact = recover(stream, lane);
      cut(stream, lane, intact);
      publish(stream, lane, intact);
      LaneSegments segments = new LaneSegments(directoryOf(stream), stream, 0, lane);
      BatchDecoder decoder = BatchCodec.decoder(stream.schema());
      try (LaneReader reader = new LaneReader(segments, decoder, RecordBatch.DEFAULT_ROWS, LanePosition.START)) {
        reader.limit(intact[0]);
        for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
          items.accept(lane, item);
        }
      }
    }
  }

  /**
   * How long a lane is that no checkpoint tells about: what a crash has left of the last write does not count.
   *
   * @return the length in each partition
   * @throws DamagedLogException when the lane is damaged before its last write
   */
  long[] recover(StreamSpec stream, String lane) throws IOException {
    long[] lengths = new long[stream.partitions()];
    for (int partition = 0; partition < lengths.length; partition++) {
      lengths[partition] = new LaneRecovery(directoryOf(stream), stream, lane, partition).length();
    }
    return lengths;
  }

  @Override
  public void cut(StreamSpec stream, String lane, long[] lengths) throws IOException {
    FaultPoint.RESTORE_CUT.reach();
    new LaneCut(directoryOf(stream), stream, lane).to(lengths);
  }

  @Override
  public StreamWriter openWriter(StreamSpec stream, String lane, long[] committed) throws IOException {
    return new BlockWriter(stream, openLane(stream, lane, committed), writerMemory);
  }

  /** Opens a lane as {@link #openWriter} does, for blocks as they are. */
  public BlockSink openLane(StreamSpec stream, String lane, long[] committed) throws IOException {
    FaultPoint.LANE_OPEN.reach();
    return new LaneFiles(directoryOf(stream), stream, lane, committed, known(stream), segmentBytes);
  }

  @Override
  public StreamReader openReader(StreamSpec stream, int partition, int batchRows) {
    return new LogReader(directoryOf(stream), stream, partition, batchRows, known(stream));
  }

  @Override
  public void publish(StreamSpec stream, String lane, long[] lengths) {
    if (lengths.length != stream.partitions()) {
      throw new IllegalArgumentException(lengths.length + " lengths for " + stream.partitions() + " partitions");
    }
    known(stream).publish(lane, lengths);
    publications.add();
  }

  @Override
  public SortedMap<String, long[]> published(StreamSpec stream) {
    return Collections.unmodifiableSortedMap(known(stream).lengths());
  }

  private StreamLanes known(StreamSpec stream) {
    return lanes.computeIfAbsent(stream.name(), name -> new StreamLanes());
  }

  @Override
  public long publications() {
    return publications.count();
  }

  @Override
  public void awaitPublished(long seen, long timeoutMillis) throws InterruptedException {
    publications.await(seen, timeoutMillis);
  }

  @Override
  public long dropBefore(StreamSpec stream, int partition, Map<String, LanePosition> positions) throws IOException {
    boolean may = known(stream).mayDrop(partition, positions, segmentBytes);
    return may ? directoryOf(stream).dropBefore(partition, positions) : 0;
  }

  @Override
  public long drop(StreamSpec stream, int partition) throws IOException {
    known(stream).drop(partition);
    return directoryOf(stream).drop(partition);
  }

  @Override
  public long delete(String name) throws IOException {
    long bytes = new StreamDirectory(directory, name).delete();
    lanes.remove(name);
    return bytes;
  }

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          String name = entry.getFileName().toString();
          if (StreamDirectory.isName(name) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            names.add(name);
          }
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  /** Nothing is open here: writers and readers are closed by those who opened them. */
  @Override
  public void close() {}
}
