package dev.samzabatch.run;

import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.state.TaskCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a resumed run takes over of a stage.
 *
 * @param stage number of the stage
 * @param name its name
 * @param tasks what becomes of each of its tasks
 */
public record Takeover(int stage, String name, List<TaskTakeover> tasks) {

  /** What becomes of a task that a former process may have begun. */
  public enum Kind {
    /** It had ended: what it gave is there. */
    REUSED,
    /** It goes on behind its last checkpoint. */
    CONTINUED,
    /** It begins anew: nothing of it was committed. */
    REDONE
  }

  /**
   * What becomes of a task.
   *
   * @param task its name
   * @param why for people
   */
  public record TaskTakeover(String task, Kind kind, String why) {}

  /** How many tasks of the stage this becomes of. */
  public long count(Kind kind) {
    return tasks.stream().filter(t -> t.kind() == kind).count();
  }

  /** What becomes of all tasks of a plan, by stage. */
  static List<Takeover> of(JobPlan plan, Map<String, TaskCheckpoint> checkpoints) {
    List<Takeover> stages = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      List<TaskTakeover> tasks = stage.tasks().stream().map(t -> of(t, checkpoints.get(t.name()))).toList();
      stages.add(new Takeover(stage.id(), stage.name(), tasks));
    }
    return stages;
  }

  private static TaskTakeover of(TaskModel task, TaskCheckpoint checkpoint) {
    if (checkpoint == null) {
      return new TaskTakeover(task.name(), Kind.REDONE, "nothing of it was committed");
    }
    return checkpoint.hasEnded()
        ? new TaskTakeover(task.name(), Kind.REUSED, "it had ended")
        : new TaskTakeover(task.name(), Kind.CONTINUED, "behind its last checkpoint");
  }
}
