package dev.samzabatch.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The broker settings of a node: small, and quick to notice what tests wait for. */
final class NodeSettings {

  static final String CLIENT = "CLIENT";
  static final String INTERNAL = "INTERNAL";
  static final String CONTROLLER = "CONTROLLER";
  static final String TLS = "TLS";
  static final String SESSION = "broker.session.timeout.ms";

  private NodeSettings() {}

  /**
   * Settings of one node of a cluster.
   *
   * @param node index of the node in {@code cluster}, from 0
   * @param advertised the port at which clients are told to reach this node
   * @param more settings that replace or add to the usual ones
   */
  static Properties of(int node, List<NodePorts> cluster, int advertised, Path data, Map<String, String> more) {
    Properties settings = new Properties();
    settings.setProperty("node.id", String.valueOf(node));
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("log.dirs", data.toString());
    settings.setProperty("listeners", listeners(cluster.get(node)));
    settings.setProperty("advertised.listeners", advertised(cluster.get(node), advertised));
    settings.setProperty("listener.security.protocol.map",
        "CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.setProperty("inter.broker.listener.name", INTERNAL);
    settings.setProperty("controller.listener.names", CONTROLLER);
    settings.setProperty("controller.quorum.voters", IntStream.range(0, cluster.size())
        .mapToObj(i -> i + "@127.0.0.1:" + cluster.get(i).controller()).collect(Collectors.joining(",")));
    replication(settings, cluster.size());
    delays(settings);
    settings.putAll(more);
    return settings;
  }

  /** The listeners of every node. */
  static String listeners(NodePorts ports) {
    return CLIENT + "://127.0.0.1:" + ports.client() + "," + internal(ports) + "," + CONTROLLER + "://127.0.0.1:"
        + ports.controller();
  }

  /** Where clients and other nodes are told to connect. */
  static String advertised(NodePorts ports, int client) {
    return CLIENT + "://127.0.0.1:" + client + "," + internal(ports);
  }

  private static String internal(NodePorts ports) {
    return INTERNAL + "://127.0.0.1:" + ports.internal();
  }

  private static void replication(Properties settings, int nodes) {
    String copies = String.valueOf(Math.min(3, nodes));
    String inSync = nodes >= 3 ? "2" : "1";
    settings.setProperty("auto.create.topics.enable", "false");
    settings.setProperty("default.replication.factor", copies);
    settings.setProperty("min.insync.replicas", inSync);
    settings.setProperty("offsets.topic.num.partitions", copies);
    settings.setProperty("offsets.topic.replication.factor", copies);
    settings.setProperty("transaction.state.log.num.partitions", copies);
    settings.setProperty("transaction.state.log.replication.factor", copies);
    settings.setProperty("transaction.state.log.min.isr", inSync);
    settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
    settings.setProperty("share.coordinator.state.topic.replication.factor", copies);
    settings.setProperty("share.coordinator.state.topic.min.isr", inSync);
  }

  /** Times are in milliseconds. */
  private static void delays(Properties settings) {
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty("log.initial.task.delay.ms", "200");
    settings.setProperty("log.retention.check.interval.ms", "300");
    settings.setProperty("log.segment.delete.delay.ms", "1000");
    settings.setProperty("log.cleaner.backoff.ms", "200");
    settings.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    // How long a silent node is waited for: before others lead its partitions, and before it may come back itself.
    settings.setProperty(SESSION, "3000");
    settings.setProperty("broker.heartbeat.interval.ms", "500");
  }
}
