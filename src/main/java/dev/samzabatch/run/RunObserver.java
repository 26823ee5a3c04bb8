package dev.samzabatch.run;

import dev.samzabatch.data.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Is told what a run does, on the run's thread but where it says otherwise. Whatever it does with that, the run goes
 * on.
 */
public interface RunObserver {

  /** Something is odd, but no error. */
  void warned(Problem warning);

  /** Another run of the job has the lock, and this one waits for it. */
  void waiting(LockHolder holder);

  /** The publication of an earlier run, which had died in its midst, was finished. */
  void finished(RunRecord earlier);

  /** What earlier runs had left was deleted. */
  void purged(Receipt receipt);

  /** A run that was begun before goes on with what it had left. */
  void resumed(PreparedJob job, List<Takeover> stages);

  /** The containers start; {@code progress} may be asked at any time until {@link #ended}. */
  void started(PreparedJob job, RunProgress progress);

  /** Nothing has happened for so long; the log has a dump of all threads. Told by the watchdog's thread. */
  void stalled(Duration time, Path log);

  /** The containers have ended, well or not. */
  void ended();

  /** The checks on the staged output were judged. */
  void checked(List<RunRecord.CheckFigures> checks);

  /** An output was published (or kept, or is about to be written to standard output). */
  void published(RunRecord.OutputFigures output);

  /** A file of rows for standard output, in the order in which they are to be written; it is deleted afterwards. */
  void rowsForStandardOutput(Path file) throws IOException;

  /** The run's own streams were deleted. */
  void cleaned(Receipt receipt);
}
