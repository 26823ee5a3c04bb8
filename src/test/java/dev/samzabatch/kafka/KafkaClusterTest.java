package dev.samzabatch.kafka;

import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The test kit itself: what it says of a cluster is what the cluster does. */
class KafkaClusterTest {

  @Test
  void theSharedBrokerKeepsWhatIsSent() {
    Topics topics = KafkaCluster.shared().topics();
    topics.create("kit-plain", 2);
    topics.send("kit-plain", 1, "a", "b");
    assertThat(topics.values("kit-plain")).containsExactly("a", "b");
    assertThat(topics.endOffsets("kit-plain")).containsEntry(0, 0L).containsEntry(1, 2L);
    assertThat(KafkaCluster.shared().leaderOf("kit-plain", 0)).isZero();
    topics.commit("kit-group", "kit-plain", 1, 1);
    assertThat(topics.groups()).contains("kit-group");
    assertThat(topics.committed("kit-group")).isEqualTo(Map.of(new TopicPartition("kit-plain", 1), 1L));
    topics.delete("kit-plain");
    assertThat(topics.names()).doesNotContain("kit-plain");
    topics.create("kit-plain", 2);
    topics.send("kit-plain", 1, "c");
    assertThat(topics.values("kit-plain")).containsExactly("c");
  }

  @Test
  void manyRecordsAreSpreadByTheirKeys() {
    Topics topics = KafkaCluster.shared().topics();
    topics.create("kit-many", 3);
    topics.sendMany("kit-many", 10_000, i -> "k" + i % 100, i -> "{\"n\":" + i + "}");
    assertThat(topics.values("kit-many")).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(topics.endOffsets("kit-many").values()).allSatisfy(end -> assertThat(end).isPositive());
  }

  @Test
  void anAbortedTailIsInvisible() {
    Topics topics = KafkaCluster.shared().topics();
    topics.create("kit-aborted", 1);
    topics.sendCommitted("kit-aborted", 0, "a", "b");
    topics.sendAborted("kit-aborted", 0, "c");
    assertThat(topics.values("kit-aborted")).containsExactly("a", "b");
    assertThat(topics.values("kit-aborted", READ_UNCOMMITTED)).containsExactly("a", "b", "c");
    assertThat(topics.endOffsets("kit-aborted")).containsEntry(0, 5L);
  }

  @Test
  void anOpenTransactionHidesWhatFollowsIt() {
    Topics topics = KafkaCluster.shared().topics();
    topics.create("kit-open", 1);
    topics.send("kit-open", 0, "a");
    try (OpenTransaction transaction = topics.sendOpen("kit-open", 0, "b")) {
      topics.send("kit-open", 0, "c");
      assertThat(topics.values("kit-open")).containsExactly("a");
      assertThat(topics.values("kit-open", READ_UNCOMMITTED)).containsExactly("a", "b", "c");
      transaction.commit();
    }
    assertThat(topics.values("kit-open")).containsExactly("a", "b", "c");
  }

  @Test
  void recordsAreDeletedUpToAnOffset() {
    Topics topics = KafkaCluster.shared().topics();
    topics.create("kit-trimmed", 1);
    topics.send("kit-trimmed", 0, "a", "b", "c");
    topics.deleteBefore("kit-trimmed", 0, 2);
    assertThat(topics.beginOffsets("kit-trimmed")).containsEntry(0, 2L);
    assertThat(topics.values("kit-trimmed")).containsExactly("c");
  }

  @Test
  void compactionLeavesTheLastRecordOfEachKey() {
    Topics topics = KafkaCluster.shared().topics();
    topics.create("kit-compacted", 1, Topics.COMPACTED);
    topics.sendMany("kit-compacted", 100, i -> "k" + i % 10, i -> "v" + i);
    topics.compact("kit-compacted");
    assertThat(topics.values("kit-compacted")).contains("v99", "v90").doesNotContain("v0", "v89");
  }

  @Test
  void aKilledBrokerIsGoneAndComesBackWithWhatItHad() throws IOException {
    try (KafkaCluster cluster = KafkaCluster.start(1)) {
      cluster.topics().create("kept", 1);
      cluster.topics().send("kept", 0, "a");
      cluster.kill(0);
      assertThatThrownBy(() -> new Socket(FreePorts.host(), cluster.ports(0).client()).close())
          .isInstanceOf(ConnectException.class);
      cluster.restart(0);
      cluster.topics().send("kept", 0, "b");
      assertThat(cluster.topics().values("kept")).containsExactly("a", "b");
    }
  }

  @Test
  void threeNodesGoOnWithoutALeader() throws IOException {
    try (KafkaCluster cluster = KafkaCluster.start(3)) {
      cluster.topics().create("kept", 1);
      assertThat(cluster.topics().describe("kept").partitions().get(0).replicas()).hasSize(3);
      cluster.topics().sendCommitted("kept", 0, "a");
      int leader = cluster.leaderOf("kept", 0);
      cluster.kill(leader);
      cluster.topics().sendCommitted("kept", 0, "b");
      assertThat(cluster.leaderOf("kept", 0)).isNotEqualTo(leader);
      cluster.restart(leader);
      cluster.topics().awaitInSync("kept");
      assertThat(cluster.topics().values("kept")).containsExactly("a", "b");
    }
  }

  @Test
  void aSecureClusterKnowsItsUsersAndObeysAcls() throws IOException {
    try (SecureKafkaCluster secure = KafkaCluster.startSecure(Map.of("alice", "secret"))) {
      secure.topics().create("guarded", 1);
      assertThatThrownBy(() -> send(secure.scram("alice", "wrong"), "guarded", "x"))
          .isInstanceOf(SaslAuthenticationException.class);
      assertThatThrownBy(() -> send(secure.plain("alice", "wrong"), "guarded", "x"))
          .isInstanceOf(SaslAuthenticationException.class);
      assertThatThrownBy(() -> send(secure.scram("alice", "secret"), "guarded", "x"))
          .isInstanceOf(TopicAuthorizationException.class);
      AclBinding write = SecureKafkaCluster.acl("alice", ResourceType.TOPIC, "guarded", AclOperation.WRITE);
      secure.allow(write);
      send(secure.scram("alice", "secret"), "guarded", "scram");
      send(secure.plain("alice", "secret"), "guarded", "plain");
      secure.revoke(write);
      assertThatThrownBy(() -> send(secure.plain("alice", "secret"), "guarded", "x"))
          .isInstanceOf(TopicAuthorizationException.class);
      secure.allow(SecureKafkaCluster.acl(
          SecureKafkaCluster.CERTIFIED, ResourceType.TOPIC, "guarded", AclOperation.WRITE));
      send(secure.certified(), "guarded", "certified");
      send(secure.scram(SecureKafkaCluster.ADMIN, SecureKafkaCluster.ADMIN_PASSWORD), "guarded", "admin");
      assertThat(secure.topics().values("guarded")).containsExactly("scram", "plain", "certified", "admin");
    }
  }

  @Test
  void aProxyCutsStallsAndRestoresConnections() throws IOException {
    try (KafkaCluster cluster = KafkaCluster.startBehindProxies(1)) {
      cluster.topics().create("reached", 1);
      TcpProxy proxy = cluster.proxy(0);
      try (KafkaProducer<String, String> producer = producer(Map.of("bootstrap.servers", cluster.bootstrap()))) {
        send(producer, "reached", "a");
        proxy.cut();
        assertThatThrownBy(() -> send(producer, "reached", "lost")).isInstanceOf(TimeoutException.class);
        assertThat(cluster.topics().values("reached")).containsExactly("a");
        proxy.restore();
        send(producer, "reached", "b");
        proxy.stall();
        assertThatThrownBy(() -> send(producer, "reached", "late")).isInstanceOf(TimeoutException.class);
        assertThat(cluster.topics().values("reached")).containsExactly("a", "b");
        proxy.restore();
        send(producer, "reached", "c");
      }
      assertThat(cluster.topics().values("reached")).containsSubsequence("a", "b", "c");
    }
  }

  private static void send(Map<String, String> settings, String topic, String value) {
    try (KafkaProducer<String, String> producer = producer(settings)) {
      send(producer, topic, value);
    }
  }

  private static void send(KafkaProducer<String, String> producer, String topic, String value) {
    Topics.get(producer.send(new ProducerRecord<>(topic, value)));
  }

  /** A client that gives up soon. */
  private static KafkaProducer<String, String> producer(Map<String, String> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("max.block.ms", "5000");
    all.put("request.timeout.ms", "1500");
    all.put("delivery.timeout.ms", "2500");
    all.put("reconnect.backoff.max.ms", "100");
    all.put("enable.idempotence", "false");
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }
}
