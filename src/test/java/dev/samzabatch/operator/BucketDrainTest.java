package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;

class BucketDrainTest {

  private static final Schema SCHEMA = Schema.of(Field.required("key", ScalarType.LONG));
  private static final int BUCKETS = 4;
  private static final int[] KEY = {0};

  /** Keys as boxed numbers; each is said to use a byte. */
  private static final class Boxed implements BucketDrain.Keys {

    private final Set<Long> known = new HashSet<>();
    private final Set<Long> late = new HashSet<>();
    private final List<Long> emitted = new ArrayList<>();
    private int most;

    @Override
    public void begin() {
      known.clear();
      late.clear();
    }

    @Override
    public void take(int round, RecordBatch batch) {
      for (int i = 0; i < batch.rowCount(); i++) {
        (round == 0 ? known : late).add(((LongVector) batch.column(0)).get(batch.row(i)));
      }
    }

    @Override
    public int size() {
      return known.size() + late.size();
    }

    @Override
    public long memoryBytes() {
      return size();
    }

    @Override
    public void emit(Output output) {
      most = Math.max(most, size());
      late.stream().filter(key -> !known.contains(key)).forEach(emitted::add);
    }
  }

  private Path directory;

  @AfterTry
  void delete() throws IOException {
    OperatorTester.delete(directory);
  }

  @Property(tries = 20)
  void everyKeyIsWorkedOnOnceHoweverLittleFitsAndWhereverItGoesOn(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Changelog log = changelog();
    Set<Long> known = append(log, 0, random);
    Set<Long> late = append(log, BUCKETS, random);
    int limit = 1 + random.nextInt(200);
    Boxed keys = new Boxed();
    BucketDrain drain = new BucketDrain(log, KEY, BUCKETS, limit, keys);
    while (drain.step(batch -> {})) {
      if (random.nextInt(3) == 0) {
        drain.close();
        drain = new BucketDrain(log, KEY, BUCKETS, limit, keys).from(drain.position());
      }
    }
    late.removeAll(known);
    assertThat(keys.emitted).containsExactlyInAnyOrderElementsOf(late);
    assertThat(keys.most).isLessThanOrEqualTo(limit);
    assertThat(drain.position()).isEqualTo(KeyBuckets.END);
    assertThat(drain.step(batch -> {})).isFalse();
  }

  private Changelog changelog() throws IOException {
    directory = OperatorTester.temporaryDirectory();
    LogStreams streams = new LogStreams(directory);
    StreamSpec stream = new StreamSpec("log", StreamSpec.Kind.CHANGELOG, SCHEMA, 2 * BUCKETS);
    streams.create(stream);
    return new Changelog(
        streams, stream, "0001-c0", s -> streams.openWriter(s, "0001-c0", new long[0]), 0, 2 * BUCKETS);
  }

  private static Set<Long> append(Changelog log, int firstPart, Random random) throws IOException {
    BucketWriter writer = new BucketWriter(log, KEY, firstPart, BUCKETS);
    Set<Long> keys = new HashSet<>();
    for (int batches = random.nextInt(4); batches > 0; batches--) {
      List<List<Object>> rows = new ArrayList<>();
      for (int i = random.nextInt(1000); i > 0; i--) {
        rows.add(List.of((long) random.nextInt(2000)));
      }
      rows.forEach(row -> keys.add((Long) row.get(0)));
      writer.append(Values.batch(SCHEMA, rows));
    }
    return keys;
  }
}
