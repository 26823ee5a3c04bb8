package dev.samzabatch.run;

import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.system.FaultPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The record of a run under way: kept in memory, and on disk whenever the status changes. Used by the run's thread. */
final class RunBook {

  private final StateDirectory state;
  private final RunLog log;
  private RunRecord record;

  /** A book that goes on from a record which is on disk. */
  RunBook(StateDirectory state, RunRecord record, RunLog log) {
    this.state = state;
    this.record = record;
    this.log = log;
  }

  RunRecord record() {
    return record;
  }

  RunLog log() {
    return log;
  }

  Path directory() {
    return state.runDirectory(record.runId());
  }

  /** Changes the record in memory. */
  void note(UnaryOperator<RunRecord> change) {
    record = change.apply(record);
  }

  void noteOutput(OutputFigures output) {
    List<OutputFigures> outputs = new ArrayList<>(record.outputs());
    outputs.add(output);
    record = record.withOutputs(outputs);
  }

  /** Writes the record as it is. */
  void save() throws IOException {
    record.write(state);
  }

  /**
   * Notes how the run ended, and gives whether that could be written down.
   *
   * @param resumable whether it can be resumed
   */
  boolean end(RunStatus status, String failure, boolean resumable) {
    record = record.ended(status, failure, Instant.now()).withRecovery(record.recovery().resumable(resumable));
    try {
      FaultPoint.RECORD_WRITE.reach();
      record.write(state);
      return true;
    } catch (IOException e) {
      log.failure(e);
      return false;
    }
  }
}
