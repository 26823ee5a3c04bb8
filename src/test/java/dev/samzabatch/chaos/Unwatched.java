package dev.samzabatch.chaos;

import dev.samzabatch.data.Problem;
import dev.samzabatch.run.LockHolder;
import dev.samzabatch.run.PreparedJob;
import dev.samzabatch.run.Receipt;
import dev.samzabatch.run.RunObserver;
import dev.samzabatch.run.RunProgress;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.Takeover;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Is told everything and does nothing. */
final class Unwatched implements RunObserver {
  @Override
  public void warned(Problem warning) {}

  @Override
  public void waiting(LockHolder holder) {}

  @Override
  public void finished(RunRecord earlier) {}

  @Override
  public void purged(Receipt receipt) {}

  @Override
  public void started(PreparedJob job, RunProgress progress) {}

  @Override
  public void resumed(PreparedJob job, List<Takeover> stages) {}

  @Override
  public void stalled(Duration time, Path log) {}

  @Override
  public void ended() {}

  @Override
  public void checked(List<RunRecord.CheckFigures> checks) {}

  @Override
  public void published(RunRecord.OutputFigures output) {}

  @Override
  public void rowsForStandardOutput(Path file) {}

  @Override
  public void cleaned(Receipt receipt) {}
}
