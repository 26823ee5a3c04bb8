package dev.samzabatch.container;

import dev.samzabatch.job.StateKind;
import java.time.Duration;
import java.util.Map;

/**
 * Sizes and ways that a run gives its containers.
 *
 * @param batchRows how many rows a batch has at most
 * @param partialBytes how many bytes a partial aggregation holds before it passes its groups on
 * @param commitEvery time between two commits of a container that goes on with the same task
 * @param sampled whether inputs are not read to their ends, so that it cannot be proved that splits chain
 * @param memoryBytes heap for the state of all containers together
 * @param state where steps keep their state that do not say
 * @param stepStates where steps keep their state that do say, by name
 * @param retries how often a container is restarted within the window
 * @param retryWindow time after which a restart is forgotten
 */
public record ContainerSettings(
    int batchRows,
    long partialBytes,
    Duration commitEvery,
    boolean sampled,
    long memoryBytes,
    StateKind state,
    Map<String, StateKind> stepStates,
    int retries,
    Duration retryWindow) {

  StateKind stateOf(String step) {
    return stepStates.getOrDefault(step, state);
  }
}
