package dev.samzabatch.system.kafka;

import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.expr.Evaluator;
import dev.samzabatch.expr.Evaluators;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.format.RecordEncoder;
import dev.samzabatch.format.RecordFormat;
import dev.samzabatch.job.TopicOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;

/** Turns rows into records of one topic, and sends them. Used by one thread. */
public final class TopicWriter {

  private static final long MICROS_PER_MILLI = 1000;

  private final String topic;
  private final int partitions;
  private final TopicOutput output;
  private final TopicSink sink;
  private final Schema valueSchema;
  private final int[] value;
  private final RecordEncoder values;
  private final Bytes key;
  private final Bytes spread;
  private final List<String> headerNames = new ArrayList<>();
  private final List<Evaluator> headerTexts = new ArrayList<>();
  private final ByteSink out = new ByteSink();
  private final int timestamp;
  private final int partition;

  /** Gives the bytes of a row's key. */
  private interface Bytes {
    /** Looks at another batch. */
    void begin(RecordBatch batch);

    byte[] of(int row) throws IOException;
  }

  /**
   * Rows for a topic.
   *
   * @param topic its name
   * @param partitions how many it has
   * @param schema of the rows
   * @param format of the values
   * @param keyFormat format of keys that are objects
   * @throws dev.samzabatch.data.UserException when the format has no form for such rows
   */
  public TopicWriter(TopicTarget topic, Schema schema, RecordFormat format, RecordFormat keyFormat, TopicSink sink)
      throws IOException {
    this.topic = topic.name();
    this.partitions = topic.partitions();
    this.output = topic.output();
    this.sink = sink;
    TopicOutput.RecordShape shape = output.record();
    value = shape.value().isEmpty() ? all(schema) : indexes(schema, shape.value());
    valueSchema = schema.project(value);
    values = format.encoder(valueSchema, this.topic + "-value");
    boolean text = shape.keyFormat() == TopicOutput.KeyFormat.TEXT;
    key = shape.key().isEmpty() ? null
        : text ? new Text(schema, shape.key().get(0)) : new Encoded(schema, shape.key(), keyFormat);
    spread = output.partitionBy().isEmpty() ? null : new Encoded(schema, output.partitionBy(), keyFormat);
    shape.headers().forEach((name, column) -> {
      headerNames.add(name);
      headerTexts.add(text(schema, column));
    });
    timestamp = shape.timestamp().map(schema::indexOf).orElse(-1);
    partition = output.partition().map(schema::indexOf).orElse(-1);
  }

  private static int[] all(Schema schema) {
    int[] all = new int[schema.size()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static int[] indexes(Schema schema, List<String> columns) {
    return columns.stream().mapToInt(schema::indexOf).toArray();
  }

  /** The values of a column as text. */
  private static Evaluator text(Schema schema, String column) {
    int index = schema.indexOf(column);
    Field field = schema.field(index);
    Expr read = new Expr.Column(index, field.name(), field.type(), field.nullable());
    boolean plain = field.type() == ScalarType.STRING || field.type() == ScalarType.BYTES;
    return Evaluators.compile(
        plain ? read : new Expr.Call(Function.CAST, List.of(read), ScalarType.STRING, field.nullable()));
  }

  private static RecordBatch project(RecordBatch batch, Schema schema, int[] columns) {
    ColumnVector[] projected = new ColumnVector[columns.length];
    Arrays.setAll(projected, i -> batch.column(columns[i]));
    return batch.withColumns(schema, projected);
  }

  /** Sends the selected rows of a batch. */
  public void write(RecordBatch batch) throws IOException {
    RecordBatch projected = project(batch, valueSchema, value);
    if (key != null) {
      key.begin(batch);
    }
    if (spread != null) {
      spread.begin(batch);
    }
    List<BytesVector> headers = new ArrayList<>();
    headerTexts.forEach(h -> headers.add((BytesVector) h.evaluate(batch)));
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      out.clear();
      values.encode(projected, row, out);
      byte[] keyBytes = key == null ? null : key.of(row);
      sink.send(new TopicRecord(topic, partition(batch, row), timestamp(batch, row), keyBytes,
          out.toArray(), headers(headers, row)));
    }
  }

  /** -1 for Kafka's own choice. */
  private int partition(RecordBatch batch, int row) throws IOException {
    if (partition >= 0 && !batch.column(partition).isNull(row)) {
      return checked(((LongVector) batch.column(partition)).get(row));
    }
    return spread == null ? -1 : Utils.toPositive(Utils.murmur2(spread.of(row))) % partitions;
  }

  private int checked(long number) {
    if (number < 0 || number >= partitions) {
      throw new UserException(
          Problem.error("SB-4354", Place.of("topic " + topic), "a row says that it goes to partition "
              + number + ", and the topic has " + partitions, "partitions are numbered from 0"));
    }
    return (int) number;
  }

  /** In milliseconds; -1 for that of sending. */
  private long timestamp(RecordBatch batch, int row) {
    boolean none = timestamp < 0 || batch.column(timestamp).isNull(row);
    return none ? -1 : Math.floorDiv(((LongVector) batch.column(timestamp)).get(row), MICROS_PER_MILLI);
  }

  private List<Header> headers(List<BytesVector> texts, int row) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      headers.add(new RecordHeader(headerNames.get(i), bytes(texts.get(i), row).orElse(null)));
    }
    return headers;
  }

  private static Optional<byte[]> bytes(BytesVector vector, int row) {
    if (vector.isNull(row)) {
      return Optional.empty();
    }
    int start = vector.starts()[row];
    return Optional.of(Arrays.copyOfRange(vector.data(), start, start + vector.lengths()[row]));
  }

  /** The text of one column. */
  private static final class Text implements Bytes {

    private final Evaluator texts;
    private ColumnVector current;

    Text(Schema schema, String column) {
      texts = text(schema, column);
    }

    @Override
    public void begin(RecordBatch batch) {
      current = texts.evaluate(batch);
    }

    @Override
    public byte[] of(int row) {
      return bytes((BytesVector) current, row).orElse(null);
    }
  }

  /** Several columns in a format. */
  private static final class Encoded implements Bytes {

    private final Schema schema;
    private final int[] columns;
    private final RecordEncoder encoder;
    private final ByteSink out = new ByteSink();
    private RecordBatch current;

    Encoded(Schema rows, List<String> names, RecordFormat format) throws IOException {
      columns = indexes(rows, names);
      schema = rows.project(columns);
      encoder = format.encoder(schema, "");
    }

    @Override
    public void begin(RecordBatch batch) {
      current = project(batch, schema, columns);
    }

    @Override
    public byte[] of(int row) throws IOException {
      out.clear();
      encoder.encode(current, row, out);
      return out.toArray();
    }
  }
}
