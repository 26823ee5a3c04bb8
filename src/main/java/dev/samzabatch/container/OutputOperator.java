package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.operator.Operator;
import dev.samzabatch.operator.Output;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.system.file.StagedFile;
import java.io.IOException;
import java.util.Optional;

/** Writes rows to a task's staged file of an output. */
final class OutputOperator implements Operator {

  private final String output;
  private final OutputFile file;

  /** The file as it is, once it is finished. */
  private Optional<StagedFile> finished = Optional.empty();

  private boolean open = true;

  OutputOperator(String output, OutputFile file) {
    this.output = output;
    this.file = file;
  }

  @Override
  public void process(int port, RecordBatch batch, Output ignored) throws IOException {
    file.write(batch);
  }

  @Override
  public void endOfStream(int port, Output ignored) throws IOException {
    finished = file.finish();
    open = false;
  }

  /** Says that the file was finished before a restart. */
  void finishedAs(Optional<StagedFile> committed) {
    finished = committed;
    open = false;
  }

  /** Makes what was written durable, and gives the fact that declares it. */
  Optional<CheckpointFact> commit(String task) throws IOException {
    Optional<StagedFile> now = open ? file.commit() : finished;
    return now.map(f -> new CheckpointFact(
        Kind.FILE, task, output + "/" + f.name(), 0, f.rows(), f.bytes(), f.checksum()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
