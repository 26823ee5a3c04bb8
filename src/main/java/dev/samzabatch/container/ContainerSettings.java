package dev.samzabatch.container;

import java.time.Duration;

/**
 * Sizes that a run gives its containers.
 *
 * @param batchRows how many rows a batch has at most
 * @param partialBytes how many bytes a partial aggregation holds before it passes its groups on
 * @param commitEvery time between two commits of a container that goes on with the same task
 * @param sampled whether inputs are not read to their ends, so that it cannot be proved that splits chain
 */
public record ContainerSettings(int batchRows, long partialBytes, Duration commitEvery, boolean sampled) {}
