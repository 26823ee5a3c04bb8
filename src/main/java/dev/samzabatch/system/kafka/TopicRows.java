package dev.samzabatch.system.kafka;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.format.RecordDecoder;
import dev.samzabatch.format.RecordProblem;
import dev.samzabatch.job.EventTime;
import dev.samzabatch.job.TopicInput.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes batches of records: columns of their values, which a decoder reads, and columns of their other parts. The
 * column that is the time of a row is read also when nobody else wants it.
 */
final class TopicRows {

  private final Schema schema;
  private final RecordDecoder decoder;
  private final List<MetadataColumn> metadata = new ArrayList<>();

  /** For each column of the batch where it comes from: i of the decoder, or -1 - i of the metadata. */
  private final int[] sources;

  /** The same for the time of rows. */
  private final int timeSource;

  TopicRows(TopicScan scan) {
    ReadSpec spec = scan.spec();
    Schema all = spec.schema();
    Map<String, Part> parts = scan.topic().metadata();
    String time = scan.eventTime().map(EventTime::column).orElse("");
    TreeSet<Integer> wanted = new TreeSet<>(spec.columns());
    if (!time.isEmpty()) {
      wanted.add(require(all, time));
    }
    schema = spec.batchSchema();
    sources = new int[spec.columns().size()];
    int found = 0;
    List<Field> valueFields = new ArrayList<>();
    List<Integer> valueColumns = new ArrayList<>();
    int ofTime = 0;
    for (int i = 0; i < all.size(); i++) {
      Field field = all.field(i);
      boolean isValue = !parts.containsKey(field.name());
      if (wanted.contains(i)) {
        int source = isValue ? valueColumns.size() : -1 - metadata.size();
        if (isValue) {
          valueColumns.add(valueFields.size());
        } else {
          metadata.add(new MetadataColumn(field, parts.get(field.name()), spec.batchRows()));
        }
        ofTime = field.name().equals(time) ? source : ofTime;
        if (spec.columns().contains(i)) {
          sources[found++] = source;
        }
      }
      if (isValue) {
        valueFields.add(field);
      }
    }
    timeSource = ofTime;
    decoder = scan.format().decoder(new ReadSpec(new Schema(valueFields), valueColumns, spec.batchRows()));
  }

  private static int require(Schema schema, String column) {
    int index = schema.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("no column " + column + " among " + schema);
    }
    return index;
  }

  /** Forgets the rows and begins a batch. */
  void begin() {
    decoder.begin();
    metadata.forEach(column -> column.vector().clear());
  }

  /** Adds the record as a row, or returns what is wrong with it: then there is no row of it. */
  RecordProblem add(ConsumerRecord<byte[], byte[]> record) throws IOException {
    int row = decoder.rows();
    for (MetadataColumn column : metadata) {
      RecordProblem problem = column.check(record);
      if (problem != null) {
        return problem;
      }
    }
    byte[] value = record.value();
    if (value == null) {
      decoder.addNull();
    } else {
      RecordProblem problem = decoder.add(value, 0, value.length);
      if (problem != null) {
        return problem;
      }
    }
    for (MetadataColumn column : metadata) {
      column.set(row, record);
    }
    return null;
  }

  int rows() {
    return decoder.rows();
  }

  boolean isFull() {
    return decoder.isFull();
  }

  /** The rows since {@link #begin}, valid until the next one. */
  RecordBatch batch() {
    RecordBatch values = decoder.batch();
    ColumnVector[] columns = new ColumnVector[sources.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(values, sources[i]);
    }
    return RecordBatch.of(schema, columns, values.rowCount());
  }

  /** The times of the rows, if they have any. */
  ColumnVector times() {
    return column(decoder.batch(), timeSource);
  }

  private ColumnVector column(RecordBatch values, int source) {
    return source < 0 ? metadata.get(-1 - source).vector() : values.column(source);
  }
}
