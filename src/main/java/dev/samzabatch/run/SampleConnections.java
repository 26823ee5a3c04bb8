package dev.samzabatch.run;

import dev.samzabatch.container.Connections;
import dev.samzabatch.container.OutputFile;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.system.PartitionedReader;
import dev.samzabatch.system.file.StagedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the first rows of each split, and keeps the first rows of an output in memory. Thread-safe. */
final class SampleConnections implements Connections {

  private final PreparedJob job;
  private final int batchRows;
  private final long sampleRows;
  private final int keptRows;
  private final Map<Integer, List<RecordBatch>> kept = new TreeMap<>();
  private final Buses buses;
  private volatile boolean cut;

  /** Reads through these systems, which whoever gives them closes. */
  SampleConnections(PreparedJob job, Buses buses, int batchRows, long sampleRows, int keptRows) {
    this.job = job;
    this.buses = buses;
    this.batchRows = batchRows;
    this.sampleRows = sampleRows;
    this.keptRows = keptRows;
  }

  /** Whether some split had more rows than were read. */
  boolean wasCut() {
    return cut;
  }

  /** The rows that were kept, those of the first tasks first. */
  synchronized List<RecordBatch> rows() {
    List<RecordBatch> rows = new ArrayList<>();
    int left = keptRows;
    for (List<RecordBatch> part : kept.values()) {
      for (RecordBatch batch : part) {
        int taken = Math.min(left, batch.rowCount());
        if (taken > 0) {
          rows.add(RecordBatch.of(batch.schema(), columns(batch), taken));
        }
        left -= taken;
      }
    }
    return rows;
  }

  private static ColumnVector[] columns(RecordBatch batch) {
    ColumnVector[] columns = new ColumnVector[batch.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(i);
    }
    return columns;
  }

  @Override
  public BatchReader openSplit(String input, FileSplit split, List<Integer> columns) throws IOException {
    FoundInput found = job.inputs().get(input);
    long rows = Math.max(1, sampleRows / found.planned().splits().size());
    return new Head(found.format().openReader(split, new ReadSpec(found.schema(), columns, batchRows)), rows);
  }

  @Override
  public PartitionedReader openPartitions(String input, Share share, List<Integer> columns) throws IOException {
    long rows = Math.max(1, sampleRows / Math.max(1, share.tasks()));
    return new PartitionsHead(new PartitionedInputs(job, buses, batchRows).open(input, share, columns), rows);
  }

  @Override
  public OutputFile openOutput(String output, String lane, int part, Optional<StagedFile> committed) {
    return new Kept(part);
  }

  private synchronized void keep(int part, RecordBatch batch) {
    kept.computeIfAbsent(part, p -> new ArrayList<>()).add(batch);
  }

  /** The first rows of a split. */
  private final class Head implements BatchReader {

    private final BatchReader reader;
    private long left;

    Head(BatchReader reader, long rows) {
      this.reader = reader;
      this.left = rows;
    }

    @Override
    public RecordBatch next() throws IOException {
      RecordBatch batch = reader.next();
      if (batch == null) {
        return null;
      }
      if (left <= 0) {
        cut = true;
        return null;
      }
      left -= batch.rowCount();
      return batch;
    }

    @Override
    public long position() {
      return reader.position();
    }

    @Override
    public long bytesRead() {
      return reader.bytesRead();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** The first rows of partitions that are read side by side. */
  private final class PartitionsHead implements PartitionedReader {

    private final PartitionedReader reader;
    private long left;

    PartitionsHead(PartitionedReader reader, long rows) {
      this.reader = reader;
      this.left = rows;
    }

    @Override
    public RecordBatch poll() throws IOException {
      if (left <= 0) {
        cut = true;
        return null;
      }
      RecordBatch batch = reader.poll();
      left -= batch == null ? 0 : batch.rowCount();
      return batch;
    }

    @Override
    public void untilNow() throws IOException {
      reader.untilNow();
    }

    @Override
    public boolean hasEnded() {
      return left <= 0 || reader.hasEnded();
    }

    @Override
    public Map<String, Long> positions() {
      return reader.positions();
    }

    @Override
    public void seek(Map<String, Long> positions) throws IOException {
      reader.seek(positions);
    }

    @Override
    public long watermark() {
      return reader.watermark();
    }

    @Override
    public long lag() {
      return reader.lag();
    }

    @Override
    public long bytesRead() {
      return reader.bytesRead();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** Copies of the first rows of one task. */
  private final class Kept implements OutputFile {

    private final int part;
    private int rows;

    Kept(int part) {
      this.part = part;
    }

    @Override
    public void write(RecordBatch batch) {
      if (rows < keptRows) {
        keep(part, batch.copy());
        rows += batch.rowCount();
      }
    }

    @Override
    public Optional<StagedFile> commit() {
      return Optional.empty();
    }

    @Override
    public Optional<StagedFile> finish() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
