package dev.samzabatch.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyTableTest {

  private static final Schema LONG = Schema.of(Field.optional("k", ScalarType.LONG));

  @Test
  void millionsOfLongKeysGetOneNumberEach() {
    KeyTable table = KeyTable.create(types(LONG));
    Random random = new Random(42);
    Map<Long, Integer> expected = new HashMap<>();
    for (int round = 0; round < 1000; round++) {
      long[] values = random.longs(2048, 0, 1 << 21).map(v -> v * 0x9E3779B97F4A7C15L).toArray();
      int[] wanted = new int[values.length];
      for (int i = 0; i < values.length; i++) {
        wanted[i] = expected.computeIfAbsent(values[i], v -> expected.size());
      }
      assertThat(insert(table, longs(values))).isEqualTo(wanted);
    }
    assertThat(table.size()).isEqualTo(expected.size()).isGreaterThan(1_000_000);
    assertThat(table.memoryBytes()).isGreaterThan(24L * table.size());
  }

  @Test
  void keysWhoseHashesAllCollideAreToldApart() {
    for (Schema schema : List.of(LONG, Schema.of(Field.optional("k", ScalarType.STRING)))) {
      KeyTable table = KeyTable.create(types(schema));
      RecordBatch batch = Values.batch(schema, keys(schema, IntStream.range(0, 3000).map(i -> i % 1500)));
      int[] ids = new int[3000];
      table.lookupOrInsert(batch, all(schema), new long[3000], ids);
      assertThat(table.size()).isEqualTo(1500);
      assertThat(Arrays.stream(ids, 0, 1500).distinct().count()).isEqualTo(1500);
      assertThat(Arrays.copyOf(ids, 1500)).isEqualTo(Arrays.copyOfRange(ids, 1500, 3000));
      int[] found = new int[3000];
      table.lookup(batch, all(schema), new long[3000], found);
      assertThat(found).isEqualTo(ids);
    }
  }

  @Test
  void keysWithFewDistinctHashesSurviveGrowth() {
    for (Schema schema : List.of(LONG, Schema.of(Field.optional("k", ScalarType.STRING)))) {
      KeyTable table = KeyTable.create(types(schema));
      int[] all = new int[20_000];
      long[] hashes = IntStream.range(0, 20_000).mapToLong(i -> i % 977 * 0x1_0000_0001L).toArray();
      RecordBatch batch = Values.batch(schema, keys(schema, IntStream.range(0, 20_000)));
      table.lookupOrInsert(batch, all(schema), hashes, all);
      assertThat(Arrays.stream(all).distinct().count()).isEqualTo(20_000);
      int[] again = new int[20_000];
      table.lookup(batch, all(schema), hashes, again);
      assertThat(again).isEqualTo(all);
    }
  }

  @Property(tries = 60)
  void numbersAreEqualWhereKeysAre(@ForAll long seed) {
    Random random = new Random(seed);
    Schema schema = randomSchema(random);
    KeyTable table = KeyTable.create(types(schema));
    long hashBits = random.nextBoolean() ? -1 : 3;
    Map<List<Object>, Integer> expected = new HashMap<>();
    for (int round = 0; round < 3; round++) {
      List<List<Object>> rows = randomRows(schema, random);
      RecordBatch batch = everyOther(schema, rows);
      long[] hashes = Arrays.stream(hashes(batch)).map(hash -> hash & hashBits).toArray();
      int[] found = new int[batch.rowCount()];
      table.lookup(batch, all(schema), hashes, found);
      assertThat(found).isEqualTo(numbers(batch, rows, key -> expected.getOrDefault(key, -1)));
      int[] ids = new int[batch.rowCount()];
      table.lookupOrInsert(batch, all(schema), hashes, ids);
      for (int i = 0; i < ids.length; i++) {
        expected.putIfAbsent(normal(rows.get(batch.row(i))), ids[i]);
      }
      assertThat(ids).isEqualTo(numbers(batch, rows, expected::get));
    }
    assertThat(expected.values()).doesNotHaveDuplicates();
    assertThat(table.size()).isEqualTo(expected.size());
    expected.forEach((key, id) -> assertThat(normal(key(table, schema, id))).isEqualTo(key));
  }

  @Test
  void aTableWithoutKeyColumnsHasOneKey() {
    KeyTable table = KeyTable.create(List.of());
    assertThat(table.size()).isZero();
    RecordBatch batch = RecordBatch.of(Schema.EMPTY, new ColumnVector[0], 5);
    assertThat(lookup(table, batch)).containsOnly(-1);
    assertThat(insert(table, batch)).containsOnly(0);
    assertThat(lookup(table, batch)).containsOnly(0);
    assertThat(table.size()).isOne();
  }

  @Test
  void nestedKeysAreComparedByValue() {
    Schema inner = Schema.of(Field.optional("a", ScalarType.DOUBLE), Field.optional("b", ScalarType.STRING));
    Schema schema =
        Schema.of(
            Field.optional("row", new RowType(inner)),
            Field.optional("list", new ArrayType(ScalarType.STRING, true)),
            Field.optional("map", new MapType(ScalarType.STRING, ScalarType.LONG, true)));
    Map<String, Long> oneWay = new LinkedHashMap<>();
    oneWay.put("x", 1L);
    oneWay.put("y", null);
    Map<String, Long> otherWay = new LinkedHashMap<>();
    otherWay.put("y", null);
    otherWay.put("x", 1L);
    List<List<Object>> rows =
        List.of(
            Arrays.asList(Arrays.asList(0.0, "b"), Arrays.asList("p", null), oneWay),
            Arrays.asList(Arrays.asList(-0.0, "b"), Arrays.asList("p", null), otherWay),
            Arrays.asList(Arrays.asList(null, "b"), Arrays.asList("p", null), oneWay),
            Arrays.asList(Arrays.asList(0.0, "b"), Arrays.asList("p", "q"), oneWay),
            Arrays.asList(Arrays.asList(0.0, "b"), Arrays.asList("p", null), Map.of("x", 1L)),
            Arrays.asList(Arrays.asList(0.0, "b"), Arrays.asList("p", null), Map.of("x", 1L, "y", 2L)),
            Arrays.asList(null, Arrays.asList("p", null), null),
            Arrays.asList(null, Arrays.asList("p", null), null));
    assertThat(insert(KeyTable.create(types(schema)), Values.batch(schema, rows))).startsWith(0, 0, 1, 2, 3, 4, 5, 5);
  }

  private static int[] numbers(RecordBatch batch, List<List<Object>> rows, ToIntFunction<List<Object>> numbering) {
    return IntStream.range(0, batch.rowCount())
        .map(i -> numbering.applyAsInt(normal(rows.get(batch.row(i)))))
        .toArray();
  }

  private static List<Object> key(KeyTable table, Schema schema, int id) {
    ColumnVector[] target = schema.fields().stream().map(f -> f.type().newVector(1)).toArray(ColumnVector[]::new);
    table.copyKeys(id, 1, target);
    return Values.rows(RecordBatch.of(schema, target, 1)).get(0);
  }

  private static RecordBatch longs(long[] values) {
    LongVector vector = new LongVector(values.length);
    System.arraycopy(values, 0, vector.values(), 0, values.length);
    return RecordBatch.of(LONG, new ColumnVector[] {vector}, values.length);
  }

  private static List<List<Object>> keys(Schema schema, IntStream numbers) {
    boolean text = schema.type(0) == ScalarType.STRING;
    List<List<Object>> rows = new ArrayList<>();
    numbers.forEach(n -> rows.add(List.of(text ? (Object) ("key " + n) : (Object) (long) n)));
    return rows;
  }

  private static RecordBatch everyOther(Schema schema, List<List<Object>> rows) {
    int[] selection = IntStream.range(0, rows.size()).filter(i -> i % 2 == 0).toArray();
    return Values.batch(schema, rows).withSelection(selection, selection.length);
  }

  private static Schema randomSchema(Random random) {
    List<DataType> types =
        List.of(ScalarType.LONG, ScalarType.DOUBLE, ScalarType.STRING, ScalarType.INT, new DecimalType(30, 1));
    List<Field> fields = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      fields.add(new Field("c" + i, types.get(random.nextInt(types.size())), random.nextBoolean()));
    }
    return new Schema(fields);
  }

  private static List<List<Object>> randomRows(Schema schema, Random random) {
    List<List<Object>> rows = new ArrayList<>();
    int count = 1 + random.nextInt(3000);
    int distinct = 1 + random.nextInt(40);
    for (int r = 0; r < count; r++) {
      List<Object> row = new ArrayList<>();
      for (Field field : schema.fields()) {
        row.add(field.nullable() && random.nextInt(5) == 0 ? null : value(field.type(), random.nextInt(distinct)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object value(DataType type, int n) {
    if (type instanceof DecimalType) {
      BigInteger high = BigInteger.valueOf(n / 5).shiftLeft(64);
      return new BigDecimal(high.add(BigInteger.valueOf(n % 5)), 1);
    }
    return switch ((ScalarType) type) {
      case INT -> n;
      case DOUBLE -> n == 0 ? 0.0 : n == 1 ? -0.0 : n == 2 ? Double.NaN : n / 7.0;
      case STRING -> n < 3 ? "\u0000".repeat(n) : "日本".repeat(n % 9) + n;
      case LONG -> n * 0x100000000L;
      case BOOLEAN, FLOAT, BYTES, DATE, TIME, TIMESTAMP -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static List<Object> normal(List<?> row) {
    List<Object> normal = new ArrayList<>();
    row.forEach(v -> normal.add(v instanceof Double number && number == 0 ? (Object) 0.0 : v));
    return normal;
  }

  private static List<DataType> types(Schema schema) {
    return schema.fields().stream().map(Field::type).toList();
  }

  private static int[] all(Schema schema) {
    return IntStream.range(0, schema.size()).toArray();
  }

  private static int[] insert(KeyTable table, RecordBatch batch) {
    int[] ids = new int[batch.rowCount()];
    table.lookupOrInsert(batch, all(batch.schema()), hashes(batch), ids);
    return ids;
  }

  private static int[] lookup(KeyTable table, RecordBatch batch) {
    int[] ids = new int[batch.rowCount()];
    table.lookup(batch, all(batch.schema()), hashes(batch), ids);
    return ids;
  }

  private static long[] hashes(RecordBatch batch) {
    long[] hashes = new long[batch.rowCount()];
    KeyHash.hash(batch, all(batch.schema()), hashes);
    return hashes;
  }
}
