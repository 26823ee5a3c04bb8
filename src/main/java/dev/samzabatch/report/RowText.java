package dev.samzabatch.report;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows for people, as a table, and for machines, as JSON values. */
public final class RowText {

  private static final int MAX_CELL = 40;

  private RowText() {}

  /** The first rows as a table with the names of the columns as its headings; null is shown as {@code null}. */
  public static Table table(Schema schema, List<RecordBatch> batches, int maxRows) {
    Table table = Table.of(schema.names(), MAX_CELL);
    for (int i = 0; i < schema.size(); i++) {
      if (isNumber(schema.type(i))) {
        table.right(i);
      }
    }
    int left = maxRows;
    for (RecordBatch batch : batches) {
      for (List<Object> row : Values.rows(batch)) {
        if (left-- > 0) {
          table.row(cells(schema, row));
        }
      }
    }
    return table;
  }

  private static Object[] cells(Schema schema, List<Object> row) {
    Object[] cells = new Object[row.size()];
    for (int i = 0; i < cells.length; i++) {
      Object value = json(schema.type(i), row.get(i));
      cells[i] = value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }
    return cells;
  }

  private static boolean isNumber(DataType type) {
    return type instanceof DecimalType
        || type == ScalarType.INT
        || type == ScalarType.LONG
        || type == ScalarType.FLOAT
        || type == ScalarType.DOUBLE;
  }

  /** The rows of a batch as JSON objects. */
  public static List<Map<String, Object>> objects(RecordBatch batch) {
    List<Map<String, Object>> objects = new ArrayList<>();
    Values.rows(batch).forEach(row -> objects.add(object(batch.schema(), row)));
    return objects;
  }

  private static Map<String, Object> object(Schema schema, List<?> values) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < schema.size(); i++) {
      object.put(schema.field(i).name(), json(schema.type(i), values.get(i)));
    }
    return object;
  }

  /**
   * A value (as {@link Values} describes it) as JSON has it: booleans, numbers and strings, lists, and maps from
   * strings. What JSON has no form for is a string: dates and times in ISO form, bytes in Base64, doubles that are no
   * numbers by name.
   */
  static Object json(DataType type, Object value) {
    if (value == null || value instanceof Boolean || value instanceof BigDecimal || value instanceof String) {
      return value;
    }
    if (type instanceof RowType row) {
      return object(row.schema(), (List<?>) value);
    }
    if (type instanceof ArrayType array) {
      List<Object> elements = new ArrayList<>();
      ((List<?>) value).forEach(element -> elements.add(json(array.element(), element)));
      return elements;
    }
    if (type instanceof MapType map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((k, v) -> entries.put(String.valueOf(json(map.key(), k)), json(map.value(), v)));
      return entries;
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return Base64.getEncoder().encodeToString(copy);
    }
    boolean finite = value instanceof Number number && Double.isFinite(number.doubleValue());
    return finite ? value : value.toString();
  }
}
