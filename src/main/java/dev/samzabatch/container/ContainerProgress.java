package dev.samzabatch.container;

import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.TaskCheckpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is committed of the tasks of a run. One map for all containers; each writes only what belongs to its own tasks.
 * Thread-safe.
 *
 * @param tasks last checkpoint of each task that has one
 * @param counts where each task counts, complete
 * @param commits how many checkpoints were written
 */
record ContainerProgress(Map<String, TaskCheckpoint> tasks, Map<String, RowCounts> counts, AtomicLong commits) {

  /** The last checkpoint of a task; one without facts for a task at its beginning. */
  TaskCheckpoint of(String task) {
    return tasks.getOrDefault(task, new TaskCheckpoint(task, List.of()));
  }

  boolean hasEnded(String task) {
    return of(task).hasEnded();
  }

  RowCounts counts(String task) {
    return counts.get(task);
  }

  /** A checkpoint with these facts about a task is committed. */
  void committed(String task, List<CheckpointFact> facts) {
    tasks.put(task, of(task).followedBy(facts));
  }
}
