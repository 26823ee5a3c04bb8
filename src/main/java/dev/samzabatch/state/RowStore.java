package dev.samzabatch.state;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Rows on disk, in the order of a number that each of them has, its position: a RocksDB database that is only ever
 * added to. Rows are collected, sorted, written to a table file and handed to RocksDB as a whole, without memtable and
 * write-ahead log. Used by one thread.
 *
 * <pre>
 * key    position (4 bytes, big-endian, unsigned), number of the row (8 bytes, big-endian)
 * value  the row as {@link RowBytes}
 * </pre>
 */
public final class RowStore implements Closeable {

  static final int KEY_BYTES = Integer.BYTES + Long.BYTES;

  private static final int MOST_BUFFERED = 1 << 30;

  private final Path directory;
  private final Schema schema;
  private final Options options;
  private final RocksDB database;
  private RowBytes buffer = new RowBytes();

  /** {@code position << 32 | index} with the highest bit turned over, which sorts rows by position. */
  private long[] order = new long[RecordBatch.DEFAULT_ROWS];

  /** Where each buffered row ends. */
  private int[] ends = new int[RecordBatch.DEFAULT_ROWS];

  private int buffered;
  private long rows;
  private long files;

  RowStore(Path directory, Schema schema, Options options) throws IOException {
    this.directory = directory;
    this.schema = schema;
    this.options = options;
    try {
      database = RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      options.close();
      throw failure(e);
    }
  }

  /**
   * Adds the selected rows of a batch.
   *
   * @param positions position of the i-th selected row, less than 2^32
   */
  public void add(RecordBatch batch, long[] positions) throws IOException {
    ColumnVector[] columns = new ColumnVector[batch.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(i);
    }
    for (int i = 0; i < batch.rowCount(); i++) {
      if (buffered == ends.length) {
        order = Arrays.copyOf(order, 2 * buffered);
        ends = Arrays.copyOf(ends, 2 * buffered);
      }
      buffer.write(columns, batch.row(i));
      order[buffered] = (positions[i] << Integer.SIZE | buffered) ^ Long.MIN_VALUE;
      ends[buffered++] = buffer.position();
    }
    if (buffer.position() > MOST_BUFFERED) {
      flush();
    }
  }

  /** How many bytes have been added since the last {@link #flush}. */
  public long bufferedBytes() {
    return buffer.position();
  }

  /** Moves what has been added to the database. */
  public void flush() throws IOException {
    if (buffered == 0) {
      return;
    }
    Arrays.sort(order, 0, buffered);
    Path file = directory.resolve("run-" + files++);
    try (EnvOptions environment = new EnvOptions();
        SstFileWriter writer = new SstFileWriter(environment, options);
        IngestExternalFileOptions ingest = new IngestExternalFileOptions()) {
      writer.open(file.toString());
      writeRows(writer);
      writer.finish();
      ingest.setMoveFiles(true);
      ingest.setWriteGlobalSeqno(false);
      database.ingestExternalFile(List.of(file.toString()), ingest);
    } catch (RocksDBException e) {
      throw failure(e);
    }
    buffer = new RowBytes();
    order = new long[RecordBatch.DEFAULT_ROWS];
    ends = new int[RecordBatch.DEFAULT_ROWS];
    buffered = 0;
  }

  private void writeRows(SstFileWriter writer) throws RocksDBException {
    ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES);
    ByteBuffer value = ByteBuffer.allocateDirect(1024);
    for (int i = 0; i < buffered; i++) {
      int row = (int) order[i];
      int start = row == 0 ? 0 : ends[row - 1];
      int length = ends[row] - start;
      if (length > value.capacity()) {
        value = ByteBuffer.allocateDirect(2 * length);
      }
      key.clear().putInt((int) ((order[i] ^ Long.MIN_VALUE) >>> Integer.SIZE)).putLong(rows++).flip();
      value.clear().put(buffer.bytes(), start, length).flip();
      writer.put(key, value);
    }
  }

  /** Reads the rows that are in the database, from a position on. */
  public RowStoreReader read(long fromPosition) {
    return new RowStoreReader(database.newIterator(), this, schema, fromPosition);
  }

  IOException failure(RocksDBException e) {
    return new IOException("RocksDB, in " + directory + ": " + e.getMessage(), e);
  }

  /** Deletes the database. */
  @Override
  public void close() throws IOException {
    database.close();
    options.close();
    LocalStores.delete(directory);
  }
}
