/**
 * Makes the graph of a job cheaper without changing its rows: constants are folded, filters move down to where rows
 * come from, columns that nobody needs are not read, operators that do nothing disappear.
 *
 * <p>
 * Each rule is one small class over {@link dev.samzabatch.graph.OperatorSpec}s;
 * {@link dev.samzabatch.sql.rewrite.Rewriter} says in which order they apply. An operator that several others read
 * stays one. Nothing here knows Calcite or job files.
 */
package dev.samzabatch.sql.rewrite;
