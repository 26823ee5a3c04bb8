/**
 * Tasks on threads. A {@link dev.samzabatch.container.Container} is one thread's share of a job: it makes attempts
 * until each of its tasks has read all its input, passed the end of stream through its operators and into the streams
 * it writes, and is committed.
 *
 * <p>
 * A {@link dev.samzabatch.container.Task} is a stage's operators over one share of its input;
 * {@link dev.samzabatch.container.OperatorChain} wires them. Everything of a task belongs to its container's thread
 * from start to close; containers meet only in the published lengths of streams, and in
 * {@link dev.samzabatch.container.RunState}.
 *
 * <p>
 * Inputs are read by a {@code Source}: splits one after the other, streams, or partitions side by side
 * ({@code PartitionedSource}). Where some input has no end, all tasks of a container are open and take turns, and the
 * end comes when {@link dev.samzabatch.container.RunState#drain()} says that it is now. Watermarks go through the
 * operators as ends of streams do.
 *
 * <p>
 * The commit point is {@code Attempt.commit}: operators save, writers flush, then one checkpoint, then publish. Rows
 * and checkpoints may lie in different systems, see {@link dev.samzabatch.container.RunStreams}: the checkpoint
 * decides. What was committed is found again by {@link dev.samzabatch.container.Containers#recover()} after a crash of
 * the process, and by the container itself after a failure of its own. This package does not know of runs, locks or the
 * terminal. Start with {@code Attempt}.
 */
package dev.samzabatch.container;
