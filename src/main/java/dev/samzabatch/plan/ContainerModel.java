package dev.samzabatch.plan;

import java.util.List;

/**
 * The tasks that one thread runs.
 *
 * @param name unique in the plan; it names the container's lanes in streams
 * @param tasks in the order of their stages
 */
public record ContainerModel(String name, List<TaskModel> tasks) {}
