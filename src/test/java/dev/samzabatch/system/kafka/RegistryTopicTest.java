package dev.samzabatch.system.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry, and a held lock, on a broker of their own that goes away. */
class RegistryTopicTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BOUND = Duration.ofSeconds(60);

  private KafkaCluster cluster;
  private KafkaClients clients;

  @BeforeEach
  void start() throws IOException {
    cluster = KafkaCluster.startBehindProxies(1);
    clients = TestBus.clients(cluster.bootstrap(), TIMEOUT);
  }

  @AfterEach
  void stop() throws IOException {
    clients.close();
    cluster.close();
  }

  @Test
  void theLastValueOfAKeyCountsAlsoForWhoeverComesLater() throws IOException {
    try (RegistryTopic one = new RegistryTopic(clients, StreamsOn.LOCAL)) {
      one.put("a/run.json", "1".getBytes(UTF_8));
      one.put("b/run.json", "1".getBytes(UTF_8));
      one.put("a/run.json", "2".getBytes(UTF_8));
      assertThat(one.readAll().keySet()).containsExactly("a/run.json", "b/run.json");
      one.remove("b/run.json");
      try (RegistryTopic other = new RegistryTopic(clients, StreamsOn.LOCAL)) {
        assertThat(other.id()).isEqualTo(one.id());
        assertThat(other.readAll()).hasSize(1).containsEntry("a/run.json", "2".getBytes(UTF_8));
        one.put("c/run.json", new byte[3 << 20]);
        assertThat(other.readAll().keySet()).containsExactly("a/run.json", "c/run.json");
      }
    }
  }

  @Test
  void aTopicOfSeveralPartitionsIsRefused() {
    cluster.topics().create(RegistryTopic.NAME, 2);
    assertThatThrownBy(() -> new RegistryTopic(clients, StreamsOn.LOCAL)).isInstanceOf(UserException.class)
        .hasMessageContaining("SB-4340").hasMessageContaining("has 2 partitions");
  }

  @Test
  void aBrokerThatIsAwayForTooLongIsTold() throws IOException {
    try (RegistryTopic registry = new RegistryTopic(clients, StreamsOn.LOCAL)) {
      cluster.kill(0);
      assertThatThrownBy(() -> registry.put("a/run.json", new byte[1])).isInstanceOf(UserException.class)
          .hasMessageContaining("SB-4301").hasMessageContaining("samza-batch-runs");
      assertThatThrownBy(registry::readAll).isInstanceOf(UserException.class).hasMessageContaining("SB-4301");
    }
  }

  @Test
  void aLockOutlivesAShortCutAndIsLostWithALongOne() throws IOException {
    TcpProxy proxy = cluster.proxy(0);
    AtomicReference<UserException> told = new AtomicReference<>();
    try (BusLocks locks = new BusLocks(clients, StreamsOn.LOCAL)) {
      Optional<BusLock> lock = locks.tryAcquire("job", BusHolder.of("a", 1, "h"), told::set);
      proxy.cut();
      proxy.restore();
      lock.orElseThrow().requireHeld();
      assertThat(told.get()).isNull();
      proxy.cut();
      Await.until("the loss is told", BOUND, () -> told.get() != null);
      assertThat(told.get()).hasMessageContaining("SB-4343").hasMessageContaining("could not be renewed");
      assertThatThrownBy(lock.orElseThrow()::requireHeld).isSameAs(told.get());
    }
  }
}
