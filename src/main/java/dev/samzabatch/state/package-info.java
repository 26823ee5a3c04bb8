/**
 * What a task remembers between batches: keyed tables and row buffers in memory, held in columns.
 *
 * <p>
 * A {@link dev.samzabatch.state.KeyTable} numbers distinct keys 0, 1, 2, ... a batch at a time; what belongs to a key
 * is then an array or vector by that number. A {@link dev.samzabatch.state.RowBuffer} keeps rows and gives any of them
 * back, in bulk. Batches flow in, numbers and gathered columns flow out.
 *
 * <p>
 * Everything here is used by the one thread that owns the task, and says how many bytes it holds. This package knows
 * nothing of operators, plans or streams. Start with {@code KeyTable}.
 */
package dev.samzabatch.state;
