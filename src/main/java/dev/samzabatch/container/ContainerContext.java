package dev.samzabatch.container;

import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.system.InternalStreams;

/**
 * What all containers of a run share. Immutable; its parts are thread-safe.
 *
 * @param plan what is run
 * @param streams where internal streams are
 * @param connections where inputs and outputs are
 * @param state whether to stop
 * @param splitEnds where the splits of inputs began and ended
 * @param settings sizes
 */
record ContainerContext(
    JobPlan plan,
    RunStreams streams,
    Connections connections,
    RunState state,
    SplitEnds splitEnds,
    ContainerSettings settings) {

  int batchRows() {
    return settings.batchRows();
  }

  InternalStreams internal() {
    return streams.internal();
  }
}
