/**
 * From a {@link dev.samzabatch.job.JobSpec} and the schemas of its inputs to an
 * {@link dev.samzabatch.graph.OperatorGraph}, or to everything that is wrong with its SQL. The only user of Calcite.
 *
 * <p>
 * Every step is a query: {@code StepQuery} and {@code JoinQuery} write verbs as the SQL that they are short for,
 * {@code Syntax} parses their texts, {@code StepTexts} knows where in the job file each character stands. {@code
 * FrontEnd} is the dialect: Calcite checks and types a query over {@code Catalog}, with {@code Operators} as the only
 * functions. {@code Relations} and {@code Expressions} turn what comes out into our operators and expressions;
 * Calcite's planners are not used. What is refused is refused by name, in {@code Refusals} where the place is known
 * best.
 *
 * <p>
 * The graph then passes through {@link dev.samzabatch.sql.rewrite}. This package does not know how a graph runs. Start
 * with {@link dev.samzabatch.sql.SqlCompiler}.
 */
package dev.samzabatch.sql;
