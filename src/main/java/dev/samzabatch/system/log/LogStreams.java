package dev.samzabatch.system.log;

import dev.samzabatch.system.Durable;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Managed streams in files under one directory:
 *
 * <pre>
 * &lt;directory&gt;/&lt;stream name&gt;/p&lt;partition&gt;-&lt;lane&gt;.log  =  {@link LogFileHeader} { {@link Block} }
 * </pre>
 *
 * <p>
 * A file exists as soon as something was appended to that lane of that partition. What is published is known only to
 * this object and lost with it: a checkpoint holds the lengths, and whoever resumes publishes them again.
 */
public final class LogStreams implements InternalStreams {

  private static final long WRITER_MEMORY = 32L << 20;

  private final Path directory;
  private final Map<String, StreamLanes> lanes = new ConcurrentHashMap<>();
  private final Object publishing = new Object();
  private long publications;

  /** The streams in this directory, which need not exist yet. */
  public LogStreams(Path directory) {
    this.directory = directory;
  }

  @Override
  public void create(StreamSpec stream) throws IOException {
    StreamDirectory files = new StreamDirectory(directory, stream.name());
    Files.createDirectories(directory);
    Files.createDirectory(files.path());
    Durable.syncDirectory(directory);
  }

  @Override
  public StreamWriter openWriter(StreamSpec stream, String lane, long[] committed) throws IOException {
    StreamDirectory files = new StreamDirectory(directory, stream.name());
    return new LogWriter(stream, new LaneFiles(files, stream, lane, committed), WRITER_MEMORY);
  }

  @Override
  public StreamReader openReader(StreamSpec stream, int partition, int batchRows) {
    return new LogReader(new StreamDirectory(directory, stream.name()), stream, partition, batchRows, lanes(stream));
  }

  @Override
  public void publish(StreamSpec stream, String lane, long[] lengths) {
    if (lengths.length != stream.partitions()) {
      throw new IllegalArgumentException(lengths.length + " lengths for " + stream.partitions() + " partitions");
    }
    lanes(stream).publish(lane, lengths);
    synchronized (publishing) {
      publications++;
      publishing.notifyAll();
    }
  }

  private StreamLanes lanes(StreamSpec stream) {
    return lanes.computeIfAbsent(stream.name(), name -> new StreamLanes());
  }

  @Override
  public long publications() {
    synchronized (publishing) {
      return publications;
    }
  }

  @Override
  public void awaitPublished(long seen, long timeoutMillis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    synchronized (publishing) {
      while (publications <= seen) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return;
        }
        publishing.wait(left);
      }
    }
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
