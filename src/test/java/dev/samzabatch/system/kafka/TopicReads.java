package dev.samzabatch.system.kafka;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.format.RecordFormats;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.EventTime;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.Location;
import dev.samzabatch.job.SystemSpec;
import dev.samzabatch.job.TopicInput;
import dev.samzabatch.job.TopicInput.Beginning;
import dev.samzabatch.job.TopicInput.End;
import dev.samzabatch.job.TopicInput.Never;
import dev.samzabatch.job.TopicInput.Offsets;
import dev.samzabatch.job.TopicInput.Part;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.Topics;
import dev.samzabatch.system.PartitionRange;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** An input of topics as tests vary it, and its rows as text. */
final class TopicReads {

  static final Duration BOUND = Duration.ofSeconds(60);

  private final List<String> paths;
  private Offsets from = new Beginning();
  private Offsets until = new End();
  private boolean readCommitted = true;
  private boolean keepTombstones;
  private boolean keyAsBytes;
  private final Map<String, Part> metadata = new LinkedHashMap<>();
  private Optional<EventTime> eventTime = Optional.empty();
  private String schema = "n long null";
  private List<String> columns = List.of();
  private int batchRows = RecordBatch.DEFAULT_ROWS;

  private TopicReads(List<String> paths) {
    this.paths = paths;
  }

  static TopicReads of(String... paths) {
    return new TopicReads(List.of(paths));
  }

  /** The topics of the broker that tests share. */
  static Topics topics() {
    return KafkaCluster.shared().topics();
  }

  /** Clients of that broker. */
  static KafkaClients clients() {
    return clients(KafkaCluster.shared().bootstrap(), Duration.ofSeconds(30));
  }

  static KafkaClients clients(String bootstrap, Duration timeout) {
    return clients(bootstrap, timeout, Map.of());
  }

  static KafkaClients clients(String bootstrap, Duration timeout, Map<String, String> client) {
    KafkaSpec spec = new KafkaSpec(bootstrap, client, Optional.empty(), timeout);
    SystemSpec system = new SystemSpec("bus", new Place("job.conf", 2, 3), SystemSpec.Type.KAFKA, Optional.empty(),
        Optional.of(spec));
    return new KafkaClients(system, Map.of("SECRET", "hush-hush"), "test");
  }

  /** Values as this class reads them: {@code {"n":5}}. */
  static String[] numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "{\"n\":" + n + "}").toArray(String[]::new);
  }

  /** Rows as this class shows them: {@code 5}. */
  static List<String> rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }

  TopicReads from(Offsets offsets) {
    from = offsets;
    return this;
  }

  TopicReads until(Offsets offsets) {
    until = offsets;
    return this;
  }

  TopicReads endless() {
    return until(new Never());
  }

  TopicReads uncommitted() {
    readCommitted = false;
    return this;
  }

  TopicReads keepTombstones() {
    keepTombstones = true;
    return this;
  }

  TopicReads keyAsBytes() {
    keyAsBytes = true;
    return this;
  }

  TopicReads metadata(String name, Part part) {
    metadata.put(name, part);
    return this;
  }

  TopicReads eventTime(EventTime time) {
    eventTime = Optional.of(time);
    return this;
  }

  TopicReads schema(String text) {
    schema = text;
    return this;
  }

  /** Only these columns, in the order of the schema. */
  TopicReads columns(String... names) {
    columns = List.of(names);
    return this;
  }

  TopicReads batchRows(int rows) {
    batchRows = rows;
    return this;
  }

  InputSpec input() {
    Place place = new Place("job.conf", 5, 3);
    List<Location> locations = paths.stream().map(p -> new Location("bus:" + p, "bus", p, place)).toList();
    TopicInput topic = new TopicInput(from, until, readCommitted, metadata, keyAsBytes, keepTombstones);
    return new InputSpec("in", place, locations, DataFormat.JSON, DelimitedOptions.of(DataFormat.JSON),
        Optional.empty(), Optional.empty(), true, Optional.of(topic), eventTime, Optional.empty(), Optional.empty());
  }

  TopicScan scan() throws Exception {
    Schema all = TopicScan.schema(SchemaText.parse(schema), input());
    List<Integer> wanted = IntStream.range(0, all.size())
        .filter(i -> columns.isEmpty() || columns.contains(all.field(i).name())).boxed().toList();
    return new TopicScan(input(),
        RecordFormats.of(DataFormat.JSON, DelimitedOptions.of(DataFormat.JSON), Optional.empty(), Optional.empty()),
        new ReadSpec(all, wanted, batchRows));
  }

  List<PartitionRange> ranges(KafkaClients clients) throws IOException {
    return TopicOffsets.resolve(clients, input());
  }

  TopicReader open(KafkaClients clients) throws Exception {
    return open(clients, ranges(clients));
  }

  TopicReader open(KafkaClients clients, List<PartitionRange> ranges) throws Exception {
    return new TopicReader(clients, scan(), TopicShare.all(ranges), Optional.empty());
  }

  /** All rows of the bounded input, partition by partition as they come. */
  List<String> read() throws Exception {
    try (KafkaClients clients = clients(); TopicReader reader = open(clients)) {
      return drain(reader);
    }
  }

  /** The rows up to the end of the input. */
  static List<String> drain(PartitionedReader reader) throws IOException {
    List<String> rows = new ArrayList<>();
    long limit = System.nanoTime() + BOUND.toNanos();
    while (!reader.hasEnded()) {
      add(reader.poll(), rows);
      if (System.nanoTime() > limit) {
        throw new AssertionError("no end after " + rows.size() + " rows, at " + reader.positions());
      }
    }
    return rows;
  }

  /** The rows until there are so many. */
  static List<String> drain(PartitionedReader reader, int count) throws IOException {
    List<String> rows = new ArrayList<>();
    long limit = System.nanoTime() + BOUND.toNanos();
    while (rows.size() < count) {
      add(reader.poll(), rows);
      if (System.nanoTime() > limit) {
        throw new AssertionError("only " + rows.size() + " of " + count + " rows, at " + reader.positions());
      }
    }
    return rows;
  }

  static void add(RecordBatch batch, List<String> rows) {
    for (int i = 0; batch != null && i < batch.rowCount(); i++) {
      StringJoiner row = new StringJoiner("|");
      for (int column = 0; column < batch.columnCount(); column++) {
        row.add(text(batch.column(column), batch.row(i)));
      }
      rows.add(row.toString());
    }
  }

  private static String text(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return "null";
    }
    if (vector instanceof LongVector longs) {
      return String.valueOf(longs.get(row));
    }
    if (vector instanceof BytesVector bytes) {
      return bytes.text(row);
    }
    MapVector map = (MapVector) vector;
    int start = map.starts()[row];
    return Arrays.toString(IntStream.range(start, start + map.lengths()[row])
        .mapToObj(i -> text(map.keys(), i) + "=" + text(map.values(), i)).toArray());
  }
}
