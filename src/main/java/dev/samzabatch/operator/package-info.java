/**
 * The physical operators: one class each, that takes batches at its ports and emits batches.
 *
 * <p>
 * An {@link dev.samzabatch.operator.Operator} is pushed batches by its task and pushes its results into an
 * {@link dev.samzabatch.operator.Output}. Filter, project, union and limit pass rows on at once, mostly without
 * copying: they shorten the selection or exchange columns. {@link dev.samzabatch.operator.HashAggregateOperator} and
 * {@link dev.samzabatch.operator.DistinctOperator} number keys in a table and keep states by number; what they have
 * logged they work on at the end a bucket at a time, see {@code BucketDrain};
 * {@link dev.samzabatch.operator.HashJoinOperator} keeps its build side and streams its probe side, or joins one bucket
 * of both after the other; {@link dev.samzabatch.operator.SortOperator} keeps all rows, or the best ones, and merges
 * sorted runs of those that were logged.
 *
 * <p>
 * How rows are cut into batches and which of them are selected never changes what is emitted in total. Operators do not
 * know tasks, threads, streams or files. Start with {@code FilterOperator}, then {@code HashAggregateOperator}.
 */
package dev.samzabatch.operator;
