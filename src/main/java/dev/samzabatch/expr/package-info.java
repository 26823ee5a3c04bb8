/**
 * What is computed: typed expression trees, evaluated a batch at a time by vector kernels, and aggregate functions.
 *
 * <p>
 * {@link dev.samzabatch.expr.Expr} is the tree, {@link dev.samzabatch.expr.Function} the list of what it may compute.
 * {@link dev.samzabatch.expr.Evaluators} turns a tree into an {@link dev.samzabatch.expr.Evaluator}: one small object a
 * node, each a loop over the selected rows of a batch. {@link dev.samzabatch.expr.Accumulator} holds the states of an
 * {@link dev.samzabatch.expr.AggregateCall} for many groups in columns; {@link dev.samzabatch.expr.Accumulators} makes
 * it. {@link dev.samzabatch.expr.Filters} makes conditions that only narrow a batch's selection,
 * {@link dev.samzabatch.expr.Folding} computes constants beforehand.
 *
 * <p>
 * Rows that are not selected are never evaluated, so a CASE guards what its branches cannot compute. This package does
 * not know where rows come from. Start with {@code Function}.
 */
package dev.samzabatch.expr;
