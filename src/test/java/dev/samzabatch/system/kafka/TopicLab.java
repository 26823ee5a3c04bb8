package dev.samzabatch.system.kafka;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.job.SystemSpec;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamSpec.Kind;
import dev.samzabatch.system.StreamWriter;
import dev.samzabatch.system.file.FileTree;
import dev.samzabatch.system.log.LogStreams;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A run with internal streams in topics of its own, and the processes that it has, one after the other. */
final class TopicLab implements Closeable {

  static final long[] NEW = new long[0];
  static final Schema NUMBERS = SchemaText.parse("n long");
  static final int PARTS = 4;

  final String run = "lab-" + UUID.randomUUID();
  private final String bootstrap;
  private final Duration timeout;
  private final List<KafkaClients> clients = new ArrayList<>();
  private final List<Path> directories = new ArrayList<>();

  private TopicLab(String bootstrap, Duration timeout) {
    this.bootstrap = bootstrap;
    this.timeout = timeout;
  }

  static TopicLab open() {
    return open(KafkaCluster.shared().bootstrap(), Duration.ofSeconds(30));
  }

  static TopicLab open(String bootstrap, Duration timeout) {
    return new TopicLab(bootstrap, timeout);
  }

  /** The streams as a new process finds them, which has a directory of its own. */
  TopicStreams process() throws IOException {
    return process(PARTS);
  }

  /** The streams as a new process finds them in a directory where others were. */
  TopicStreams process(Path directory) {
    return process(directory, PARTS);
  }

  /** A new process of a plan in which tasks have changelogs of so many parts. */
  TopicStreams process(int parts) throws IOException {
    Path directory = Files.createTempDirectory("streams");
    directories.add(directory);
    return process(directory, parts);
  }

  private TopicStreams process(Path directory, int parts) {
    return new TopicStreams(
        clients(), StreamsOn.LOCAL, run, new LogStreams(directory), stream -> parts, LogStreams.WRITER_MEMORY);
  }

  /** Clients as a process has them, closed with this. */
  KafkaClients clients() {
    KafkaSpec kafka = new KafkaSpec(bootstrap, Map.of(), Optional.empty(), timeout);
    SystemSpec bus =
        new SystemSpec("bus", Place.none(), SystemSpec.Type.KAFKA, Optional.empty(), Optional.of(kafka));
    KafkaClients own = new KafkaClients(bus, Map.of(), run);
    clients.add(own);
    return own;
  }

  StreamSpec rows(int partitions) {
    return rows(NUMBERS, partitions);
  }

  StreamSpec rows(Schema schema, int partitions) {
    return new StreamSpec("lab-rows-" + run, Kind.INTERMEDIATE, schema, partitions);
  }

  StreamSpec checkpoints() {
    return new StreamSpec("lab-checkpoint-" + run, Kind.CHECKPOINT, NUMBERS, 1);
  }

  /** A changelog of so many tasks. */
  StreamSpec changelog(int tasks) {
    return new StreamSpec("lab-state-" + run, Kind.CHANGELOG, NUMBERS, tasks * PARTS);
  }

  /** Writes a checkpoint, which is one number, and so commits everything that the lane has written. */
  void commit(TopicStreams streams, StreamWriter checkpoints, String lane, long number) throws IOException {
    append(checkpoints, 0, number, number + 1);
    checkpoints.flush();
    streams.publish(checkpoints(), lane, NEW);
  }

  /** Appends the numbers from {@code from} to {@code to}, without it. */
  static void append(StreamWriter writer, int partition, long from, long to) throws IOException {
    RecordBatch batch = Values.batch(NUMBERS, LongStream.range(from, to).mapToObj(List::of).toList());
    int rows = (int) (to - from);
    writer.append(partition, batch, IntStream.range(0, rows).toArray(), 0, rows);
  }

  static List<Object> range(long from, long to) {
    return LongStream.range(from, to).<Object>mapToObj(n -> n).toList();
  }

  /** Everything that a reader gives from where it stands: the values of the first column, and marks. */
  static List<Object> rest(StreamReader reader) throws IOException {
    List<Object> items = new ArrayList<>();
    for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
      if (item instanceof RecordBatch batch) {
        Values.rows(batch).forEach(row -> items.add(row.get(0)));
      } else {
        items.add(item);
      }
    }
    return items;
  }

  /** Everything in a partition. */
  static List<Object> all(TopicStreams streams, StreamSpec stream, int partition) throws IOException {
    try (StreamReader reader = streams.openReader(stream, partition, 64)) {
      return rest(reader);
    }
  }

  @Override
  public void close() throws IOException {
    for (KafkaClients own : clients) {
      own.close();
    }
    for (Path directory : directories) {
      FileTree.delete(directory);
    }
  }
}
