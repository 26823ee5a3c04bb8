package dev.samzabatch.operator;

import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Watermark;
import dev.samzabatch.system.PartitionedReader;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Writes rows to the partitions of an internal stream: by the hash of key columns, or in runs of {@value #RUN} rows one
 * partition after the other. At the end it writes the task's end-of-stream mark to every partition.
 *
 * <p>
 * Watermarks are written once a commit: before that nobody could read them. They stand behind all rows that came
 * before.
 */
public final class ExchangeOperator implements Operator {

  private static final int RUN = 1024;

  private final StreamWriter writer;
  private final int[] keys;
  private final int partitions;
  private final String task;
  private long spread;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];
  private final RowsByTarget order;
  private long watermark = PartitionedReader.NO_WATERMARK;
  private boolean idle;
  private long written = PartitionedReader.NO_WATERMARK;
  private boolean writtenIdle;

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
    this.order = new RowsByTarget(partitions);
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    chooseTargets(batch, order.targets(batch.rowCount()));
    order.sort(batch);
    for (int p = 0; p < partitions; p++) {
      if (order.count(p) > 0) {
        writer.append(p, batch, order.rows(), order.start(p), order.count(p));
      }
    }
  }

  private void chooseTargets(RecordBatch batch, int[] targets) {
    int count = batch.rowCount();
    if (partitions == 1) {
      Arrays.fill(targets, 0, count, 0);
      return;
    }
    if (keys.length == 0) {
      for (int i = 0; i < count; i++) {
        targets[i] = (int) (spread++ / RUN % partitions);
      }
      return;
    }
    if (count > hashes.length) {
      hashes = new long[count];
    }
    KeyHash.hash(batch, keys, hashes);
    for (int i = 0; i < count; i++) {
      targets[i] = KeyHash.partition(hashes[i], partitions);
    }
  }

  @Override
  public void watermark(long micros, Output output) {
    watermark = micros;
    idle = false;
  }

  @Override
  public void idle() {
    idle = true;
  }

  /** A promise that came before the input became idle is not lost. */
  @Override
  public void flush(Output output) throws IOException {
    boolean isNews = watermark != written || writtenIdle && !idle;
    if (isNews && watermark != PartitionedReader.NO_WATERMARK) {
      writer.watermark(new Watermark(task, watermark));
      written = watermark;
      writtenIdle = false;
    }
    if (idle && !writtenIdle) {
      writer.watermark(new Watermark(task, PartitionedReader.IDLE));
      writtenIdle = true;
    }
  }

  /** The cursor is how far spreading has come. */
  @Override
  public long save() {
    return spread;
  }

  @Override
  public void restore(long cursor, int endedPorts) {
    spread = cursor;
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    writer.endOfStream(task);
  }
}
