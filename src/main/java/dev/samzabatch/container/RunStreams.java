package dev.samzabatch.container;

import dev.samzabatch.state.LocalStores;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamSpec;

/**
 * Where a run keeps what moves between its tasks and what they must not lose.
 *
 * @param internal its streams; those that move rows exist
 * @param commits where its checkpoint stream is: often the same, but where an output is published with every commit,
 * the system of that output, so that both are one transaction
 * @param checkpoints its checkpoint stream, which exists too
 * @param stores its databases
 */
public record RunStreams(
    InternalStreams internal, InternalStreams commits, StreamSpec checkpoints, LocalStores stores) {}
