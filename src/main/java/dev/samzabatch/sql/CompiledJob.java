package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.graph.OperatorGraph;
import java.util.List;
import java.util.Map;

/**
 * A job as relations.
 *
 * @param graph what is computed for every output and check
 * @param stepSchemas the columns of every step, in the order in which steps are computed
 * @param warnings what is odd but no error
 */
public record CompiledJob(OperatorGraph graph, Map<String, Schema> stepSchemas, List<Problem> warnings) {}
