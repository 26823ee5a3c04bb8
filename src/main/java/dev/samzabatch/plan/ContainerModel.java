package dev.samzabatch.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The tasks that one thread runs.
 *
 * @param name unique in the plan; it names the container's lanes in streams
 * @param tasks in the order of their stages
 */
public record ContainerModel(String name, List<TaskModel> tasks) {

  /** Gives each container every {@code count}-th task of each stage; one that would have none is left out. */
  static List<ContainerModel> spread(List<Stage> stages, int count) {
    List<ContainerModel> containers = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      int container = c;
      List<TaskModel> tasks =
          stages.stream().flatMap(s -> s.tasks().stream()).filter(t -> t.index() % count == container).toList();
      if (!tasks.isEmpty()) {
        containers.add(new ContainerModel("c" + c, tasks));
      }
    }
    return containers;
  }
}
