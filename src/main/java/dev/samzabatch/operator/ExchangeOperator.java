package dev.samzabatch.operator;

import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Writes rows to the partitions of an internal stream: by the hash of key columns, or in runs of {@value #RUN} rows one
 * partition after the other. At the end it writes the task's end-of-stream mark to every partition.
 */
public final class ExchangeOperator implements Operator {

  private static final int RUN = 1024;

  private final StreamWriter writer;
  private final int[] keys;
  private final int partitions;
  private final String task;
  private long spread;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];
  private int[] targets = new int[RecordBatch.DEFAULT_ROWS];
  private int[] rows = new int[RecordBatch.DEFAULT_ROWS];
  private final int[] starts;

  /**
   * An operator of one task.
   *
   * @param writer the container's lane, which stays open
   * @param keys columns whose hash chooses the partition; none spreads rows
   * @param task name of the task, for its end-of-stream mark
   * @param index number of the task, where spreading starts
   */
  public ExchangeOperator(StreamWriter writer, List<Integer> keys, int partitions, String task, int index) {
    this.writer = writer;
    this.keys = keys.stream().mapToInt(Integer::intValue).toArray();
    this.partitions = partitions;
    this.task = task;
    this.spread = (long) index * RUN;
    this.starts = new int[partitions + 1];
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    int count = batch.rowCount();
    reserve(count);
    if (partitions == 1) {
      for (int i = 0; i < count; i++) {
        rows[i] = batch.row(i);
      }
      writer.append(0, batch, rows, 0, count);
      return;
    }
    chooseTargets(batch, count);
    sortByTarget(batch, count);
    for (int p = 0; p < partitions; p++) {
      int from = p == 0 ? 0 : starts[p - 1];
      if (starts[p] > from) {
        writer.append(p, batch, rows, from, starts[p] - from);
      }
    }
  }

  private void chooseTargets(RecordBatch batch, int count) {
    if (keys.length == 0) {
      for (int i = 0; i < count; i++) {
        targets[i] = (int) (spread++ / RUN % partitions);
      }
      return;
    }
    KeyHash.hash(batch, keys, hashes);
    for (int i = 0; i < count; i++) {
      targets[i] = KeyHash.partition(hashes[i], partitions);
    }
  }

  /** Orders physical rows by target; afterwards the rows of p end before {@code starts[p]}. */
  private void sortByTarget(RecordBatch batch, int count) {
    Arrays.fill(starts, 0);
    for (int i = 0; i < count; i++) {
      starts[targets[i] + 1]++;
    }
    for (int p = 0; p < partitions; p++) {
      starts[p + 1] += starts[p];
    }
    for (int i = 0; i < count; i++) {
      rows[starts[targets[i]]++] = batch.row(i);
    }
  }

  private void reserve(int count) {
    if (rows.length < count) {
      hashes = new long[count];
      targets = new int[count];
      rows = new int[count];
    }
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    writer.endOfStream(task);
  }
}
