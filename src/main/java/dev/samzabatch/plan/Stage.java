package dev.samzabatch.plan;

import java.util.List;

/**
 * A connected piece of the job without an exchange inside, run as a whole by each of its tasks.
 *
 * @param id from 0; a stage reads only streams of stages with smaller ids
 * @param name for people: the first relation that it passes on
 * @param operators inputs before those that read them
 * @param sources ids of the source operators in the order in which a task reads them, each to its end before the next:
 * so a join's build side is complete before its probe side starts
 * @param tasks one a share of the work, by index
 * @param tasksReason why there are as many tasks as there are, for people
 */
public record Stage(
    int id,
    String name,
    List<PlannedOperator> operators,
    List<Integer> sources,
    List<TaskModel> tasks,
    String tasksReason) {

  /** The operator with this id. */
  public PlannedOperator operator(int operatorId) {
    return operators.stream().filter(o -> o.id() == operatorId).findFirst().orElseThrow();
  }

  /** Whether the operator with this id belongs to the stage. */
  public boolean has(int operatorId) {
    return operators.stream().anyMatch(o -> o.id() == operatorId);
  }
}
