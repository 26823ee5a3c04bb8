/**
 * The logical job: what is asked for, as an acyclic graph of relations, with no word about how it will run.
 *
 * <p>
 * An {@link dev.samzabatch.graph.OperatorSpec} is one relational operator over others; an
 * {@link dev.samzabatch.graph.OperatorGraph} is the set of {@link dev.samzabatch.graph.Sink}s, each an output or a
 * check over an operator. Operators are shared by identity: one that two others read is computed once. The SQL package
 * makes the graph, the plan package cuts it into stages.
 */
package dev.samzabatch.graph;
