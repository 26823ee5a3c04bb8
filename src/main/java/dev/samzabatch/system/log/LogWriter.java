package dev.samzabatch.system.log;

import dev.samzabatch.data.BatchCodec;
import dev.samzabatch.data.BatchEncoder;
import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Watermark;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * Writes one lane. Rows wait in memory, by partition, until they fill a block of {@value #BLOCK_ROWS} rows or
 * {@value #BLOCK_BYTES} bytes. All partitions together hold at most a given number of bytes: when they come to hold
 * more, the one that holds most is written and its memory given back, so that many partitions make smaller blocks
 * instead of a larger heap.
 */
final class LogWriter implements StreamWriter {

  static final int BLOCK_ROWS = 4096;
  static final int BLOCK_BYTES = 256 << 10;

  /** Of the memory that rows may take, one part of so many is kept from one flush to the next. */
  private static final int KEPT = 8;

  private final StreamSpec stream;
  private final LaneFiles files;
  private final long memory;

  /** Whether all rows between two flushes are one block, however many they are, so that they are there or not. */
  private final boolean whole;

  private final BatchEncoder encoder;
  private final PendingRows[] pending;
  private long held;
  private long rows;

  LogWriter(StreamSpec stream, LaneFiles files, long memory) {
    this.stream = stream;
    this.files = files;
    this.whole = stream.kind() == StreamSpec.Kind.CHECKPOINT;
    this.memory = whole ? Long.MAX_VALUE : memory;
    this.encoder = BatchCodec.encoder(stream.schema());
    this.pending = new PendingRows[stream.partitions()];
  }

  @Override
  public void append(int partition, RecordBatch batch, int[] selected, int from, int count) throws IOException {
    int next = from;
    int end = from + count;
    while (next < end) {
      if (pending[partition] == null) {
        pending[partition] = new PendingRows(stream.schema());
      }
      PendingRows waiting = pending[partition];
      int taken = whole ? end - next : Math.min(end - next, BLOCK_ROWS - waiting.rows());
      long heldBefore = waiting.most();
      waiting.add(batch, selected, next, taken);
      held += waiting.most() - heldBefore;
      next += taken;
      if (!whole && (waiting.rows() >= BLOCK_ROWS || waiting.bytes() >= BLOCK_BYTES)) {
        writePending(partition);
      }
      while (held > memory) {
        releaseLargest();
      }
    }
    rows += count;
  }

  private void releaseLargest() throws IOException {
    int largest = -1;
    for (int i = 0; i < pending.length; i++) {
      if (pending[i] != null && (largest < 0 || pending[i].most() > pending[largest].most())) {
        largest = i;
      }
    }
    writePending(largest);
    held -= pending[largest].most();
    pending[largest] = null;
  }

  private void writePending(int partition) throws IOException {
    PendingRows waiting = pending[partition];
    if (waiting == null || waiting.rows() == 0) {
      return;
    }
    int end = encoder.encode(waiting.batch(), Block.HEADER);
    Block.seal(encoder.bytes(), end, Block.BATCH, waiting.rows());
    files.append(partition, encoder.bytes(), end);
    waiting.clear();
  }

  @Override
  public void endOfStream(String task) throws IOException {
    appendMark(Block.of(new EndOfStream(task)));
  }

  @Override
  public void watermark(Watermark mark) throws IOException {
    appendMark(Block.of(mark));
  }

  private void appendMark(byte[] block) throws IOException {
    for (int partition = 0; partition < pending.length; partition++) {
      writePending(partition);
      files.append(partition, block, block.length);
    }
  }

  @Override
  public long[] write() throws IOException {
    for (int partition = 0; partition < pending.length; partition++) {
      writePending(partition);
    }
    return files.lengths();
  }

  @Override
  public long[] flush() throws IOException {
    write();
    if (held > memory / KEPT) {
      Arrays.fill(pending, null);
      held = 0;
    }
    return files.sync();
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return files.written();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
