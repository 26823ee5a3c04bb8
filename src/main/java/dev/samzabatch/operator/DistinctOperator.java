package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Passes on the first row of every key: a grouping without aggregates, in mode COMPLETE or FINAL.
 *
 * <p>
 * While all keys fit memory they are passed on as they come. From the first spill on new keys are only kept, in memory
 * and then in the changelog; those that had not been passed on before are emitted at the end, bucket by bucket.
 *
 * <pre>
 * changelog  keys that were passed on, a part a bucket; then keys that wait, a part a bucket
 * cursor     before the end, 1 when it has spilled, else 0; then the position of {@link Drain}
 * </pre>
 */
public final class DistinctOperator implements Operator {

  /** In kind ROCKSDB, the keys in memory may use so much. */
  private static final long FLUSH_BYTES = 4 << 20;

  private final int[] keyColumns;
  private final int[] logKeys;
  private final Schema schema;
  private final OperatorState state;
  private final Changelog log;
  private final BucketWriter passedOn;
  private final BucketWriter waiting;
  private final ColumnVector[] keys;
  private final BucketDrain drain;

  private NewKeys met;

  /** How many of the keys in memory are in the changelog. */
  private int logged;

  private boolean spilled;
  private boolean ended;
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];

  /**
   * Makes an operator that has met no key.
   *
   * @param work of which the keys, at least one, are compared and passed on; there are no calls
   * @param schema the keys
   */
  public DistinctOperator(Work.Aggregate work, Schema schema, OperatorState state) {
    keyColumns = work.keys().stream().mapToInt(Integer::intValue).toArray();
    logKeys = IntStream.range(0, keyColumns.length).toArray();
    this.schema = schema;
    this.state = state;
    log = state.changelogs().get(0);
    int buckets = log.parts() / 2;
    passedOn = new BucketWriter(log, logKeys, 0, buckets);
    waiting = new BucketWriter(log, logKeys, buckets, buckets);
    keys = schema.newVectors(RecordBatch.DEFAULT_ROWS);
    drain = new BucketDrain(log, logKeys, buckets, BucketDrain.memoryLimit(state), new Waiting());
    forget();
  }

  private void forget() {
    List<DataType> keyTypes = schema.fields().stream().map(Field::type).toList();
    met = new NewKeys(keyTypes);
    logged = 0;
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    int picked = met.pick(batch, keyColumns);
    if (picked > 0 && !spilled) {
      ColumnVector[] columns = new ColumnVector[keyColumns.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = batch.column(keyColumns[i]);
      }
      selection = met.selection(batch, picked, selection);
      output.emit(RecordBatch.selected(schema, columns, selection, picked));
    }
    if (state.kind() == StateKind.ROCKSDB && met.memoryBytes() > FLUSH_BYTES) {
      spill();
    }
  }

  /** Appends the keys to the changelog that it does not have. */
  private void logKeys() throws IOException {
    BucketWriter writer = spilled ? waiting : passedOn;
    while (logged < met.size()) {
      int count = Math.min(RecordBatch.DEFAULT_ROWS, met.size() - logged);
      met.copyKeys(logged, count, keys);
      writer.append(RecordBatch.of(log.schema(), keys, count));
      logged += count;
    }
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    if (spilled) {
      logKeys();
    } else {
      drain.from(KeyBuckets.END);
    }
    ended = true;
    forget();
  }

  @Override
  public boolean drain(Output output) throws IOException {
    return drain.step(output);
  }

  @Override
  public long save() throws IOException {
    if (ended) {
      return drain.position();
    }
    logKeys();
    return spilled ? 1 : 0;
  }

  @Override
  public void restore(long cursor, int endedPorts) throws IOException {
    if (endedPorts > 0) {
      ended = true;
      drain.from(cursor);
    } else if (cursor == 1) {
      spilled = true;
    } else {
      load();
    }
  }

  /** Takes the keys that were passed on back into memory. */
  private void load() throws IOException {
    FaultPoint.RESTORE_STATE.reach();
    for (int part = 0; part < log.parts() / 2; part++) {
      try (StreamReader reader = log.read(part)) {
        for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
          met.pick((RecordBatch) item, logKeys);
        }
      }
    }
    logged = met.size();
  }

  @Override
  public boolean spill() throws IOException {
    if (ended || state.kind() == StateKind.MEMORY || met.size() == 0) {
      return false;
    }
    FaultPoint.STATE_SPILL.reach();
    logKeys();
    spilled = true;
    forget();
    return true;
  }

  @Override
  public long memoryBytes() {
    return met.memoryBytes();
  }

  @Override
  public void close() throws IOException {
    drain.close();
  }

  /** Finds, in a range of keys, those that wait and were not passed on. */
  private final class Waiting implements BucketDrain.Keys {

    private int known;

    @Override
    public void begin() {
      forget();
      known = 0;
    }

    @Override
    public void take(int round, RecordBatch batch) {
      met.pick(batch, logKeys);
      if (round == 0) {
        known = met.size();
      }
    }

    @Override
    public int size() {
      return met.size();
    }

    @Override
    public long memoryBytes() {
      return met.memoryBytes();
    }

    @Override
    public void emit(Output output) throws IOException {
      for (int from = known; from < met.size(); from += RecordBatch.DEFAULT_ROWS) {
        int count = Math.min(RecordBatch.DEFAULT_ROWS, met.size() - from);
        met.copyKeys(from, count, keys);
        output.emit(RecordBatch.of(schema, keys, count));
      }
    }
  }
}
