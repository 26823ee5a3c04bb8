package dev.samzabatch.system.log;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.Values;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import dev.samzabatch.system.file.FileTree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Streams of numbers in a directory of their own, which is gone when this is closed. */
final class LogLab implements Closeable {

  static final long[] NEW = new long[0];
  static final Schema NUMBERS = SchemaText.parse("n long");

  private static final Path MEMORY_DISK = Path.of("/dev/shm");

  final Path directory;
  private final long segmentBytes;

  private LogLab(Path directory, long segmentBytes) {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
  }

  /** A lab on a disk in memory where there is one, since thousands of files are forced to disk here. */
  static LogLab open(long segmentBytes) throws IOException {
    boolean memory = Files.isWritable(MEMORY_DISK);
    Path home = memory ? Files.createTempDirectory(MEMORY_DISK, "log") : Files.createTempDirectory("log");
    return new LogLab(home, segmentBytes);
  }

  /** The streams as a new process finds them. */
  LogStreams streams() {
    return new LogStreams(directory, LogStreams.WRITER_MEMORY, segmentBytes);
  }

  static StreamSpec spec(int partitions) {
    return new StreamSpec("s", StreamSpec.Kind.CHECKPOINT, NUMBERS, partitions);
  }

  Path file(String name) {
    return directory.resolve("s").resolve(name);
  }

  /** The names of the stream's files. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("s"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** How many bytes the stream's files have. */
  long size() throws IOException {
    long bytes = 0;
    for (String name : files()) {
      bytes += Files.size(file(name));
    }
    return bytes;
  }

  /** Appends the numbers from {@code from} to {@code to}, without it. */
  static void append(StreamWriter writer, int partition, long from, long to) throws IOException {
    RecordBatch batch = Values.batch(NUMBERS, LongStream.range(from, to).mapToObj(List::of).toList());
    int rows = (int) (to - from);
    writer.append(partition, batch, IntStream.range(0, rows).toArray(), 0, rows);
  }

  /** Writes blocks of so many numbers each, counted through, to partition 0, and gives the end of each. */
  static List<Long> blocks(LogStreams streams, String lane, int... rows) throws IOException {
    List<Long> ends = new ArrayList<>();
    streams.ensure(spec(1));
    try (StreamWriter writer = streams.openWriter(spec(1), lane, NEW)) {
      long next = 0;
      for (int count : rows) {
        append(writer, 0, next, next + count);
        next += count;
        ends.add(writer.flush()[0]);
      }
    }
    return ends;
  }

  /** All numbers that a reader gives from where it stands. */
  static List<Long> rest(StreamReader reader) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
      Values.rows((RecordBatch) item).forEach(row -> numbers.add((Long) row.get(0)));
    }
    return numbers;
  }

  /** All numbers of a partition as far as it is published. */
  static List<Long> all(LogStreams streams, StreamSpec stream, int partition) throws IOException {
    try (StreamReader reader = streams.openReader(stream, partition, 64)) {
      return rest(reader);
    }
  }

  static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @Override
  public void close() throws IOException {
    FileTree.delete(directory);
  }
}
