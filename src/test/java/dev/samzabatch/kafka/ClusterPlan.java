package dev.samzabatch.kafka;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What kind of cluster to start.
 *
 * @param nodes 1 or 3
 * @param proxies whether clients reach each node through a proxy
 * @param scramUsers users that are there from the start, as {@code SCRAM-SHA-512=[name=...,password=...]}
 * @param extra broker settings of a node that replace or add to the usual ones
 */
record ClusterPlan(
    int nodes, boolean proxies, List<String> scramUsers, Function<NodePorts, Map<String, String>> extra) {

  ClusterPlan {
    if (nodes != 1 && nodes != 3) {
      throw new IllegalArgumentException("a cluster has 1 or 3 nodes, not " + nodes);
    }
  }

  static ClusterPlan plain(int nodes) {
    return new ClusterPlan(nodes, false, List.of(), own -> Map.of());
  }

  Map<String, String> settings(NodePorts own) {
    return extra.apply(own);
  }
}
