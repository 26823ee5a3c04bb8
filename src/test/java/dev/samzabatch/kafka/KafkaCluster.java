package dev.samzabatch.kafka;

import dev.samzabatch.system.file.FileTree;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * A real Kafka cluster on 127.0.0.1 for tests: one process a node, each broker and controller. Nodes are counted from
 * 0. Everything lies in a temporary directory, which goes when the cluster is closed; a node also ends by itself when
 * the process that started it is gone. Not thread-safe, but for {@link #shared} and what does not kill or restart.
 */
public final class KafkaCluster implements Closeable {

  private final Path directory;
  private final List<NodePorts> ports;
  private final List<KafkaNode> nodes = new ArrayList<>();
  private final List<TcpProxy> proxies = new ArrayList<>();
  private final Topics topics;

  private KafkaCluster(ClusterPlan plan) throws IOException {
    directory = Files.createTempDirectory("kafka");
    ports = new ArrayList<>();
    for (int i = 0; i < plan.nodes(); i++) {
      ports.add(NodePorts.free());
    }
    List<String> arguments = new ArrayList<>(List.of(Uuid.randomUuid().toString()));
    arguments.addAll(plan.scramUsers());
    for (int i = 0; i < plan.nodes(); i++) {
      if (plan.proxies()) {
        proxies.add(new TcpProxy(ports.get(i).client()));
      }
      Path home = directory.resolve("node-" + i);
      Properties settings = NodeSettings.of(i, ports, clientPort(i), home.resolve("data"), plan.settings(ports.get(i)));
      nodes.add(new KafkaNode(home, settings, arguments));
    }
    topics = new Topics(ports.stream().map(p -> "127.0.0.1:" + p.internal()).collect(Collectors.joining(",")));
  }

  /**
   * The plain single-node cluster of this JVM, started when it is first asked for and killed at the JVM's end. Tests
   * share it: each uses topics of its own names, and none closes it or kills its node.
   */
  public static KafkaCluster shared() {
    return Shared.CLUSTER;
  }

  /** Starts a plain cluster and waits until it serves. */
  public static KafkaCluster start(int nodes) throws IOException {
    return start(ClusterPlan.plain(nodes));
  }

  /** Starts a plain cluster with these broker settings on top of, or in place of, the usual ones. */
  public static KafkaCluster start(int nodes, Map<String, String> settings) throws IOException {
    return start(new ClusterPlan(nodes, false, List.of(), own -> settings));
  }

  /** Starts a plain cluster to which {@link #bootstrap} leads through a {@link #proxy} a node. */
  public static KafkaCluster startBehindProxies(int nodes) throws IOException {
    return start(new ClusterPlan(nodes, true, List.of(), own -> Map.of()));
  }

  /** Starts a node where these users, with their passwords, log in and need ACLs. */
  public static SecureKafkaCluster startSecure(Map<String, String> users) throws IOException {
    return new SecureKafkaCluster(users);
  }

  static KafkaCluster start(ClusterPlan plan) throws IOException {
    KafkaCluster cluster = new KafkaCluster(plan);
    try {
      for (KafkaNode node : cluster.nodes) {
        node.start();
      }
      cluster.nodes.forEach(KafkaNode::awaitServing);
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      cluster.closeAfter(e);
      throw e;
    }
  }

  /** The {@code bootstrap.servers} of a client: all nodes, those that are dead too. */
  public String bootstrap() {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      addresses.add("127.0.0.1:" + clientPort(i));
    }
    return String.join(",", addresses);
  }

  /** What a test does with this cluster's topics; goes round proxies and security. */
  public Topics topics() {
    return topics;
  }

  /** The proxy in front of a node, of a cluster that was started with them. */
  public TcpProxy proxy(int node) {
    return proxies.get(node);
  }

  /** Kills a node as {@code kill -9} does, and waits until its process is gone. */
  public void kill(int node) {
    nodes.get(node).kill();
  }

  /** Starts a killed node again, with what it had on disk and at the same ports, and waits until it serves. */
  public void restart(int node) throws IOException {
    KafkaNode restarted = nodes.get(node);
    if (restarted.isAlive()) {
      throw new IllegalStateException("node " + node + " is alive; kill it first");
    }
    restarted.start();
    restarted.awaitServing();
  }

  /** The node that leads this partition now, or -1 while none does. */
  public int leaderOf(String topic, int partition) {
    return topics.leaderOf(topic, partition);
  }

  /** Kills all nodes and deletes what they had. */
  @Override
  public void close() throws IOException {
    topics.close();
    nodes.forEach(KafkaNode::kill);
    for (TcpProxy proxy : proxies) {
      proxy.close();
    }
    FileTree.delete(directory);
  }

  NodePorts ports(int node) {
    return ports.get(node);
  }

  private int clientPort(int node) {
    return proxies.isEmpty() ? ports.get(node).client() : proxies.get(node).port();
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Starts the shared cluster when this class is loaded; its node is never killed, so its silence means nothing. */
  private static final class Shared {

    static final KafkaCluster CLUSTER = startShared();

    private static KafkaCluster startShared() {
      try {
        KafkaCluster cluster = start(1, Map.of(NodeSettings.SESSION, "30000"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cluster.closeAfter(new IOException("at the end"))));
        return cluster;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
