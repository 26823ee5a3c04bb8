package dev.samzabatch.state;

import dev.samzabatch.job.StateKind;
import java.util.List;

/**
 * Where one operator of one task keeps its state.
 *
 * @param kind how the job wants it
 * @param memoryBytes heap that the operator may hold, about; its container makes it spill when all together hold too
 * much, but what it makes of its own accord (one bucket of many, a run to be sorted) it keeps within half of this
 * @param changelogs as {@link dev.samzabatch.plan.StateLayout} draws them for the operator
 * @param name unique in the run, valid in a file name
 * @param stores the run's databases
 */
public record OperatorState(
    StateKind kind, long memoryBytes, List<Changelog> changelogs, String name, LocalStores stores) {}
