package dev.samzabatch.run;

import dev.samzabatch.container.OutputFile;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.system.file.StagedFile;
import dev.samzabatch.system.kafka.LaneSink;
import dev.samzabatch.system.kafka.TopicWriter;
import java.io.IOException;
import java.util.Optional;

/** Rows that are published with every commit: they are sent in the transaction that the commit ends. */
final class TopicOutputFile implements OutputFile {

  private final TopicWriter rows;
  private final LaneSink sink;

  /** Writes rows that go to this sink, which is closed with it. */
  TopicOutputFile(TopicWriter rows, LaneSink sink) {
    this.rows = rows;
    this.sink = sink;
  }

  @Override
  public void write(RecordBatch batch) throws IOException {
    rows.write(batch);
  }

  /** Nothing is staged. */
  @Override
  public Optional<StagedFile> commit() throws IOException {
    sink.flush();
    return Optional.empty();
  }

  @Override
  public Optional<StagedFile> finish() throws IOException {
    return commit();
  }

  @Override
  public void close() {
    sink.close();
  }
}
