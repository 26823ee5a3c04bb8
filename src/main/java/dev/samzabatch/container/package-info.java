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
 * The commit point is {@code Attempt.commit}: operators save, writers flush, then one checkpoint, then publish. What
 * was committed is found again by {@link dev.samzabatch.container.Containers#recover()} after a crash of the process,
 * and by the container itself after a failure of its own. This package does not know of runs, locks or the terminal.
 * Start with {@code Attempt}.
 */
package dev.samzabatch.container;
