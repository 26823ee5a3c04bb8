/**
 * Tasks on threads. A {@link dev.samzabatch.container.Container} is one thread's share of a job: it runs its tasks
 * until each has read all its input, passed the end of stream through its operators and into the streams it writes, and
 * is committed.
 *
 * <p>
 * A {@link dev.samzabatch.container.Task} is a stage's operators over one share of its input;
 * {@link dev.samzabatch.container.OperatorChain} wires them. Everything of a task belongs to its container's thread
 * from start to close; containers meet only in the published lengths of streams, and in
 * {@link dev.samzabatch.container.RunState}.
 *
 * <p>
 * The commit point is {@code Container.commit}: flush writers, then one checkpoint, then publish. This package does not
 * know of runs, locks or the terminal. Start with {@code Container}.
 */
package dev.samzabatch.container;
