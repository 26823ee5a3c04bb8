/**
 * What a task remembers between batches, and what a run must not lose.
 *
 * <p>
 * In memory, held in columns: a {@link dev.samzabatch.state.KeyTable} numbers distinct keys 0, 1, 2, ... a batch at a
 * time; what belongs to a key is then an array or vector by that number. A {@link dev.samzabatch.state.RowBuffer} keeps
 * rows and gives any of them back, in bulk. On disk: a {@link dev.samzabatch.state.Changelog} is what an operator is
 * restored from; a {@link dev.samzabatch.state.RowStore} holds sorted rows that can be made again from one. A
 * {@link dev.samzabatch.state.TaskCheckpoint} is what is committed of a task.
 *
 * <p>
 * Tables, buffers, changelogs and stores are used by the one thread that owns the task. This package knows nothing of
 * operators. Start with {@code KeyTable}, then {@code Changelog}.
 */
package dev.samzabatch.state;
