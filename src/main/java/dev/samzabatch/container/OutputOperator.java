package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.operator.Operator;
import dev.samzabatch.operator.Output;
import dev.samzabatch.state.StagedPart;
import java.io.IOException;
import java.util.function.Consumer;

/** Writes rows to a task's staged file of an output, and hands the finished file over for the next commit. */
final class OutputOperator implements Operator {

  private final OutputFile file;
  private final Consumer<StagedPart> finished;

  OutputOperator(OutputFile file, Consumer<StagedPart> finished) {
    this.file = file;
    this.finished = finished;
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    file.write(batch);
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    file.finish().ifPresent(finished);
  }
}
