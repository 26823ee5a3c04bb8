package dev.samzabatch.system.kafka;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.format.RecordProblem;
import dev.samzabatch.job.TopicInput.Part;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A column of a part of records that is not their value. */
final class MetadataColumn {

  private static final byte[] NONE = {};

  private final Field field;
  private final Part part;
  private final ColumnVector vector;

  /** The last topic and its bytes: neighbours are of the same one. */
  private String topic = "";
  private byte[] topicBytes = NONE;

  MetadataColumn(Field field, Part part, int batchRows) {
    this.field = field;
    this.part = part;
    this.vector = field.type().newVector(batchRows);
  }

  ColumnVector vector() {
    return vector;
  }

  /** What is wrong with this part of the record, or null when it is good. */
  RecordProblem check(ConsumerRecord<byte[], byte[]> record) {
    return switch (part) {
      case KEY -> checkKey(record.key());
      case HEADERS -> checkHeaders(record);
      case TOPIC, PARTITION, OFFSET, TIMESTAMP -> null;
    };
  }

  private RecordProblem checkKey(byte[] key) {
    if (key == null) {
      return field.nullable() ? null : new RecordProblem("SB-3002",
          "column " + field.name() + " is the record's key and never null, but this record has none",
          "if that is right, allow it in the schema: \"" + field.name() + " " + field.type() + " null\"");
    }
    return field.type() == ScalarType.BYTES || isText(key) ? null : new RecordProblem("SB-3005",
        "column " + field.name() + " is the record's key as text, but this key is not valid UTF-8",
        "declare the column as bytes");
  }

  private RecordProblem checkHeaders(ConsumerRecord<byte[], byte[]> record) {
    for (Header header : record.headers()) {
      if (header.value() != null && !isText(header.value())) {
        return new RecordProblem("SB-3005", "column " + field.name()
            + " has the record's headers as text, but the value of the header \"" + header.key()
            + "\" is not valid UTF-8", "leave the headers out of the metadata");
      }
    }
    return null;
  }

  /** Sets the row to a part of a record that is good. */
  void set(int row, ConsumerRecord<byte[], byte[]> record) {
    switch (part) {
      case KEY -> setKey(row, record.key());
      case TOPIC -> setTopic(row, record.topic());
      case PARTITION -> ((LongVector) vector).set(row, record.partition());
      case OFFSET -> ((LongVector) vector).set(row, record.offset());
      case TIMESTAMP -> ((LongVector) vector).set(row, record.timestamp() * 1_000);
      case HEADERS -> setHeaders(row, record);
    }
  }

  private void setKey(int row, byte[] key) {
    if (key == null) {
      ((BytesVector) vector).set(row, NONE, 0, 0);
      vector.setNull(row);
    } else {
      ((BytesVector) vector).set(row, key, 0, key.length);
    }
  }

  private void setTopic(int row, String name) {
    if (!name.equals(topic)) {
      topic = name;
      topicBytes = name.getBytes(StandardCharsets.UTF_8);
    }
    ((BytesVector) vector).set(row, topicBytes, 0, topicBytes.length);
  }

  /** A header that comes several times has its last value. */
  private void setHeaders(int row, ConsumerRecord<byte[], byte[]> record) {
    MapVector map = (MapVector) vector;
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    BytesVector keys = (BytesVector) map.keys();
    BytesVector values = (BytesVector) map.values();
    keys.ensureCapacity(map.used() + headers.size());
    values.ensureCapacity(map.used() + headers.size());
    int at = map.used();
    for (Map.Entry<String, byte[]> header : headers.entrySet()) {
      keys.set(at, header.getKey());
      byte[] value = header.getValue();
      values.set(at, value == null ? NONE : value, 0, value == null ? 0 : value.length);
      if (value == null) {
        values.setNull(at);
      }
      at++;
    }
    map.append(row, headers.size());
  }

  /** Whether the bytes are valid UTF-8. */
  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return isDecodable(bytes);
      }
    }
    return true;
  }

  private static boolean isDecodable(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
