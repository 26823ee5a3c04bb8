package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.system.StreamWriter;
import dev.samzabatch.system.file.StagedFile;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;

/** The rows of one task for an output that waits in an internal stream, in a partition of the task's own. */
final class StagedRows implements OutputFile {

  private final StreamWriter writer;
  private final int partition;

  /** Writes to a container's lane, which stays open. */
  StagedRows(StreamWriter writer, int partition) {
    this.writer = writer;
    this.partition = partition;
  }

  @Override
  public void write(RecordBatch batch) throws IOException {
    int[] rows = batch.selection() == null ? IntStream.range(0, batch.rowCount()).toArray() : batch.selection();
    writer.append(partition, batch, rows, 0, batch.rowCount());
  }

  /** Committing the stream is enough. */
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
