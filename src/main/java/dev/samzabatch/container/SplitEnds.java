package dev.samzabatch.container;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.CheckpointFact;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proves that the splits of a file were read without gap or overlap: where the records of one split ended, those of the
 * next began. A split that was cut inside a quoted field is thus found out, whatever it looked like. Thread-safe.
 */
final class SplitEnds {

  private record Cut(String input, String file, long offset) {}

  private final Map<Cut, Long> starts = new ConcurrentHashMap<>();
  private final Map<Cut, Long> ends = new ConcurrentHashMap<>();

  /** A split was opened; its first record starts at {@code position}. */
  void started(String input, FileSplit split, long position) {
    starts.put(new Cut(input, split.file().name(), split.start()), position);
  }

  /** A split was read to its end; the record behind it starts at {@code position}. */
  void ended(String input, FileSplit split, long position) {
    ends.put(new Cut(input, split.file().name(), split.end()), position);
  }

  /** Takes what a former process has found out about the splits of a task. */
  void restore(Stage stage, TaskModel task, List<CheckpointFact> read) {
    for (CheckpointFact fact : read) {
      String input = ((Work.Scan) stage.operator(fact.part()).work()).input();
      FileSplit split = task.splitsOf(fact.part()).get((int) fact.a());
      started(input, split, fact.b());
      ended(input, split, fact.c());
    }
  }

  private void requireRead(String input, FileSplit split) {
    if (!ends.containsKey(new Cut(input, split.file().name(), split.end()))) {
      throw new IllegalStateException("records were lost: " + split + " of input " + input + " was not read");
    }
  }

  /**
   * Compares both sides of every cut.
   *
   * @throws UserException when they differ
   * @throws IllegalStateException when a planned split was not read to its end
   */
  void check(JobPlan plan) {
    for (Stage stage : plan.stages()) {
      for (PlannedOperator operator : stage.operators()) {
        if (operator.work() instanceof Work.Scan scan) {
          stage.tasks().forEach(t -> t.splitsOf(operator.id()).forEach(s -> requireRead(scan.input(), s)));
        }
      }
    }
    ends.forEach(
        (cut, end) -> {
          Long start = starts.get(cut);
          if (start != null && !start.equals(end)) {
            String message =
                "the file was cut for parallel reading at byte " + cut.offset()
                    + ", inside a record: the part before it ends"
                    + " at byte " + end + ", the part behind it starts at byte " + start;
            String hint =
                "a quoted field with line breaks looked like records; set inputs." + cut.input() + ".split = false";
            throw new UserException(ErrorKind.USER, Problem.error("SB-3901", Place.of(cut.file()), message, hint));
          }
        });
  }
}
