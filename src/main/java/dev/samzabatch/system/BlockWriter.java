package dev.samzabatch.system;

import dev.samzabatch.data.BatchCodec;
import dev.samzabatch.data.BatchEncoder;
import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Watermark;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Writes one lane as blocks. Rows wait in memory, by partition, until they fill a block of {@value #BLOCK_ROWS} rows or
 * {@value #BLOCK_BYTES} bytes. All partitions together hold at most a given number of bytes: when they come to hold
 * more, the one that holds most is written and its memory given back, so that many partitions make smaller blocks
 * instead of a larger heap.
 */
public final class BlockWriter implements StreamWriter {

  static final int BLOCK_ROWS = 4096;
  static final int BLOCK_BYTES = 256 << 10;

  /** Of the memory that rows may take, one part of so many is kept from one flush to the next. */
  private static final int KEPT = 8;

  private final StreamSpec stream;
  private final BlockSink sink;
  private final long memory;

  /** Whether all rows between two flushes are one block, however many they are, so that they are there or not. */
  private final boolean whole;

  private final BatchEncoder encoder;
  private final PendingRows[] pending;
  private long held;
  private long rows;

  /**
   * A writer that has nothing to write yet.
   *
   * @param sink where the blocks go; closed by this
   * @param memory how many bytes of rows it holds at most
   */
  public BlockWriter(StreamSpec stream, BlockSink sink, long memory) {
    this.stream = stream;
    this.sink = sink;
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
    write(partition, waiting.batch());
    waiting.clear();
  }

  /** Writes rows as one block, or as several when it would be too large. */
  private void write(int partition, RecordBatch batch) throws IOException {
    int end = encoder.encode(batch, Block.HEADER);
    int rows = batch.rowCount();
    if (end > sink.mostBytes() && rows > 1) {
      int[] selection = batch.selection() == null ? IntStream.range(0, rows).toArray() : batch.selection();
      int half = rows / 2;
      write(partition, batch.withSelection(Arrays.copyOf(selection, half), half));
      write(partition, batch.withSelection(Arrays.copyOfRange(selection, half, rows), rows - half));
      return;
    }
    Block.seal(encoder.bytes(), end, Block.BATCH, rows);
    sink.append(partition, encoder.bytes(), end);
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
      sink.append(partition, block, block.length);
    }
  }

  @Override
  public void beginAnew(int partition) throws IOException {
    writePending(partition);
    sink.beginAnew(partition);
  }

  @Override
  public long[] write() throws IOException {
    for (int partition = 0; partition < pending.length; partition++) {
      writePending(partition);
    }
    return sink.lengths();
  }

  @Override
  public long[] flush() throws IOException {
    write();
    if (held > memory / KEPT) {
      Arrays.fill(pending, null);
      held = 0;
    }
    return sink.sync();
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return sink.written();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
