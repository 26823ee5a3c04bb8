package dev.samzabatch.container;

import dev.samzabatch.state.LocalStores;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamSpec;

/**
 * Where a run keeps what moves between its tasks and what they must not lose.
 *
 * @param internal its streams; those that move rows exist
 * @param checkpoints its checkpoint stream, which exists too
 * @param stores its databases
 */
public record RunStreams(InternalStreams internal, StreamSpec checkpoints, LocalStores stores) {}
