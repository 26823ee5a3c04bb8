package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.state.LocalStores;
import dev.samzabatch.state.RowStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDrainTest {

  private static final Schema SCHEMA = Schema.of(Field.required("position", ScalarType.LONG));

  /** Counts the rows of each position, and wants all of one position at a time. */
  private static final class Counts implements BucketDrain.Keys {

    private final Map<Long, Long> taken = new HashMap<>();
    private final Map<Long, Long> emitted = new HashMap<>();

    @Override
    public void begin() {
      taken.clear();
    }

    @Override
    public void take(int round, RecordBatch batch) {
      for (int i = 0; i < batch.rowCount(); i++) {
        taken.merge(((LongVector) batch.column(0)).get(batch.row(i)), 1L, Long::sum);
      }
    }

    @Override
    public int size() {
      return taken.size();
    }

    @Override
    public long memoryBytes() {
      return taken.size();
    }

    @Override
    public void emit(Output output) {
      taken.forEach((position, count) -> assertThat(emitted.put(position, count)).isNull());
    }
  }

  @Test
  void rowsOfOnePositionAreNeverDividedHoweverManyThereAre(@TempDir Path directory) throws IOException {
    Map<Long, Long> expected = Map.of(0L, 50_000L, 7L, 40_000L, 8L, 1L, 1L << 31, 90_000L, KeyBuckets.END - 1, 3_000L);
    Counts counts = new Counts();
    try (LocalStores stores = new LocalStores(directory, 1 << 20); RowStore store = stores.open("s0-1", SCHEMA)) {
      for (Map.Entry<Long, Long> rows : expected.entrySet()) {
        add(store, rows.getKey(), rows.getValue());
      }
      boolean more = true;
      long position = 0;
      while (more) {
        try (StoreDrain drain = new StoreDrain(store, position, counts)) {
          more = drain.step(batch -> {});
          position = drain.position();
        }
      }
      assertThat(position).isEqualTo(KeyBuckets.END);
    }
    assertThat(counts.emitted).isEqualTo(expected);
  }

  private static void add(RowStore store, long position, long count) throws IOException {
    for (long left = count; left > 0; left -= 1000) {
      int size = (int) Math.min(1000, left);
      List<List<Object>> rows = LongStream.range(0, size).mapToObj(i -> List.<Object>of(position)).toList();
      store.add(Values.batch(SCHEMA, rows), LongStream.generate(() -> position).limit(size).toArray());
    }
    store.flush();
  }
}
