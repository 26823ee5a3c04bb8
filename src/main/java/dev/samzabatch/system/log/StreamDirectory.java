package dev.samzabatch.system.log;

import dev.samzabatch.system.Durable;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.LanePosition;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one stream:
 *
 * <pre>
 * pPARTITION-LANE.START.log   a segment of a lane; START = offset of its first byte in the lane
 * pPARTITION.dropped          empty; nobody will read the partition again, its segments are deleted
 * </pre>
 */
final class StreamDirectory {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Pattern FILE =
      Pattern.compile("p(\\d{1,9})-([A-Za-z0-9_-][A-Za-z0-9._-]*)\\.(0|[1-9]\\d{0,17})\\.log");
  private static final Pattern DROPPED = Pattern.compile("p\\d{1,9}\\.dropped");

  private final Path path;

  /**
   * A segment of a lane.
   *
   * @param start offset of its first byte in the lane
   */
  record Segment(Path path, int partition, String lane, long start) {}

  /**
   * The directory of a stream, which need not exist.
   *
   * @throws IllegalArgumentException when the name could mean another directory
   */
  StreamDirectory(Path streams, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a stream");
    }
    path = streams.resolve(name);
  }

  /** Whether a stream or a lane may have this name: letters, digits, '.', '_' and '-', the first of them not '.'. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  Path path() {
    return path;
  }

  /** Refuses names with an {@link IllegalArgumentException} that no lane may have. */
  static String laneName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a lane");
    }
    return name;
  }

  /** The segment of a lane that begins at this offset. */
  Path file(int partition, String lane, long start) {
    return path.resolve("p" + partition + "-" + laneName(lane) + "." + start + ".log");
  }

  private Path droppedMark(int partition) {
    return path.resolve("p" + partition + ".dropped");
  }

  /** Whether {@link #drop} has been called for the partition, be it by another process. */
  boolean isDropped(int partition) {
    return Files.exists(droppedMark(partition), LinkOption.NOFOLLOW_LINKS);
  }

  /** The segments that there are, by partition, lane and start; none when there is no such directory. */
  List<Segment> segments() throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (Path entry : entries()) {
      Matcher name = FILE.matcher(entry.getFileName().toString());
      if (name.matches() && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        int partition = Integer.parseInt(name.group(1));
        segments.add(new Segment(entry, partition, name.group(2), Long.parseLong(name.group(3))));
      }
    }
    segments.sort(
        Comparator.comparingInt(Segment::partition).thenComparing(Segment::lane).thenComparing(Segment::start));
    return segments;
  }

  /** The segments of a lane in one partition, in order. */
  List<Segment> segments(int partition, String lane) throws IOException {
    return segments().stream().filter(s -> s.partition() == partition && s.lane().equals(lane)).toList();
  }

  private List<Path> entries() throws IOException {
    List<Path> entries = new ArrayList<>();
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
        stream.forEach(entries::add);
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    return entries;
  }

  /**
   * Deletes the segments that end before these positions, by lane. What stays of a lane always begins before the
   * position: a segment that begins there may be cut off as not committed, and the lane would have lost its end. A lane
   * never gets a gap, wherever this is broken off.
   *
   * @return the bytes freed
   */
  long dropBefore(int partition, Map<String, LanePosition> positions) throws IOException {
    List<Segment> all = segments();
    long bytes = 0;
    for (int i = 0; i + 1 < all.size(); i++) {
      Segment segment = all.get(i);
      Segment next = all.get(i + 1);
      LanePosition position = positions.get(segment.lane());
      boolean followed = next.partition() == partition && next.lane().equals(segment.lane());
      if (segment.partition() == partition && followed && position != null && next.start() < position.offset()) {
        FaultPoint.SEGMENT_DROP.reach();
        bytes += delete(segment);
        Durable.syncDirectory(path);
      }
    }
    return bytes;
  }

  /** Deletes everything that a partition has, marks it as dropped, and gives the bytes freed. */
  long drop(int partition) throws IOException {
    List<Segment> segments = segments().stream().filter(s -> s.partition() == partition).toList();
    if (segments.isEmpty()) {
      return 0;
    }
    if (!isDropped(partition)) {
      Files.createFile(droppedMark(partition));
      Durable.syncDirectory(path);
    }
    long bytes = 0;
    for (Segment segment : segments) {
      FaultPoint.SEGMENT_DROP.reach();
      bytes += delete(segment);
    }
    return bytes;
  }

  private static long delete(Segment segment) throws IOException {
    long bytes = Files.size(segment.path());
    Files.delete(segment.path());
    return bytes;
  }

  /** Deletes the stream's files and the directory, and gives the bytes that they held. */
  long delete() throws IOException {
    long bytes = 0;
    for (Segment segment : segments()) {
      bytes += delete(segment);
    }
    for (Path entry : entries()) {
      if (DROPPED.matcher(entry.getFileName().toString()).matches()) {
        Files.delete(entry);
      }
    }
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(path);
      }
    } catch (DirectoryNotEmptyException e) {
      throw new IOException(path + " holds files that belong to no stream; the stream's own files are deleted", e);
    } catch (NoSuchFileException e) {
      return bytes;
    }
    return bytes;
  }
}
