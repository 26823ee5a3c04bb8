package dev.samzabatch.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowStoreTest {

  private static final Schema NUMBERS =
      Schema.of(Field.required("position", ScalarType.LONG), Field.required("row", ScalarType.LONG));
  private static final long LAST = RowStoreReader.END - 1;

  @TempDir
  private Path directory;

  private LocalStores stores() {
    return new LocalStores(directory.resolve("stores"), 1 << 20);
  }

  @Test
  void rowsOfEveryTypeComeBackAsTheyWere() throws IOException {
    Schema pair = Schema.of(Field.optional("a", ScalarType.LONG), Field.optional("b", ScalarType.STRING));
    Schema schema =
        Schema.of(
            Field.optional("n", ScalarType.LONG),
            Field.optional("x", ScalarType.DOUBLE),
            Field.optional("t", ScalarType.STRING),
            Field.optional("d", new DecimalType(30, 2)),
            Field.optional("list", new ArrayType(new ArrayType(ScalarType.STRING, true), true)),
            Field.optional("map", new MapType(ScalarType.STRING, ScalarType.LONG, true)),
            Field.optional("pair", new RowType(pair)));
    List<List<Object>> rows = new ArrayList<>();
    rows.add(Arrays.asList(null, null, null, null, null, null, null));
    rows.add(
        Arrays.asList(
            -1L,
            Double.NaN,
            "",
            new BigDecimal("-1234567890123456789012345678.90"),
            List.of(),
            Map.of(),
            Arrays.asList(null, null)));
    rows.add(
        Arrays.asList(
            Long.MIN_VALUE,
            -0.0,
            "x".repeat(5000),
            new BigDecimal("0.01"),
            Arrays.asList(Arrays.asList("a", null), null, List.of(), List.of("日本語")),
            Map.of("one", 1L),
            List.of(7L, "seven")));
    rows.add(rows.get(0));
    rows.add(rows.get(2));
    try (LocalStores stores = stores(); RowStore store = stores.open("all", schema)) {
      store.add(Values.batch(schema, rows), new long[] {1, 2, 3, 4, 5});
      store.flush();
      try (RowStoreReader reader = store.read(0)) {
        assertThat(Values.rows(reader.next())).isEqualTo(rows);
        assertThat(reader.position()).isEqualTo(RowStoreReader.END);
        assertThat(reader.next().rowCount()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1L << 31, LAST, RowStoreReader.END})
  void rowsComeInTheOrderOfTheirPositionsFromAnyOfThemOn(long from) throws IOException {
    Random random = new Random(from);
    List<List<Object>> expected = new ArrayList<>();
    try (LocalStores stores = stores(); RowStore store = stores.open("numbers", NUMBERS)) {
      for (int run = 0; run < 20; run++) {
        List<List<Object>> rows = randomRows(random, run);
        store.add(Values.batch(NUMBERS, rows), rows.stream().mapToLong(row -> (Long) row.get(0)).toArray());
        store.flush();
        rows.stream().filter(row -> (Long) row.get(0) >= from).forEach(expected::add);
      }
      expected.sort(Comparator.comparingLong(row -> (Long) row.get(0)));
      assertThat(read(store, from)).isEqualTo(expected);
    }
  }

  private static List<List<Object>> randomRows(Random random, int run) {
    long[] often = {0, 1, 5, 1L << 31, LAST};
    List<List<Object>> rows = new ArrayList<>();
    for (int i = random.nextInt(2000); i > 0; i--) {
      long position = random.nextInt(4) == 0 ? often[random.nextInt(5)] : random.nextInt() & LAST;
      rows.add(List.of(position, run * 10_000L + rows.size()));
    }
    return rows;
  }

  /** Reads all; what is given between positions never has one of them twice. */
  private static List<List<Object>> read(RowStore store, long from) throws IOException {
    List<List<Object>> read = new ArrayList<>();
    try (RowStoreReader reader = store.read(from)) {
      long last = -1;
      for (RecordBatch batch = reader.next(); batch.rowCount() > 0; batch = reader.next()) {
        List<List<Object>> rows = Values.rows(batch);
        if (last >= 0) {
          assertThat((Long) rows.get(0).get(0)).isNotEqualTo(last);
        }
        read.addAll(rows);
        last = reader.isBetweenPositions() ? (Long) rows.get(rows.size() - 1).get(0) : -1;
      }
    }
    return read;
  }

  @Test
  void aStoreIsEmptyWhenItIsOpenedAndGoneWhenItIsClosed() throws IOException {
    try (LocalStores stores = stores()) {
      try (RowStore store = stores.open("s0-1", NUMBERS)) {
        store.add(Values.batch(NUMBERS, List.of(List.of(1L, 1L))), new long[] {1});
        store.flush();
        assertThat(read(store, 0)).hasSize(1);
      }
      assertThat(directory.resolve("stores/s0-1")).doesNotExist();
      Files.createDirectories(directory.resolve("stores/s0-1/left"));
      Files.writeString(directory.resolve("stores/s0-1/left/CURRENT"), "from a run that died");
      try (RowStore store = stores.open("s0-1", NUMBERS)) {
        assertThat(read(store, 0)).isEmpty();
      }
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void storesThatWereNeverOpenedLeaveNothing() throws IOException {
    stores().close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatRocksDbComplainsOfIsTheDisksFaultAndNamesTheDirectory() throws IOException {
    try (LocalStores stores = stores(); RowStore store = stores.open("s0-1", NUMBERS)) {
      LocalStores.delete(directory.resolve("stores/s0-1"));
      store.add(Values.batch(NUMBERS, List.of(List.of(1L, 1L))), new long[] {1});
      assertThatThrownBy(store::flush)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(directory.resolve("stores/s0-1").toString());
    }
  }
}
