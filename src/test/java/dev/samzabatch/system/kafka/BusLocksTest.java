package dev.samzabatch.system.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of jobs on a real broker; each {@link BusLocks} is what a process of its own would have. */
class BusLocksTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** Longer than two beats, so that nobody who lives is taken for dead. */
  private static final Duration SILENCE = Duration.ofMillis(2500);

  private final List<AutoCloseable> open = new ArrayList<>();
  private String job;

  @BeforeEach
  void chooseAJob() {
    job = "job-" + UUID.randomUUID();
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private BusLocks host() throws IOException {
    KafkaClients clients = TestBus.clients(KafkaCluster.shared().bootstrap(), TIMEOUT);
    open.add(clients);
    BusLocks locks = new BusLocks(clients, StreamsOn.LOCAL, SILENCE);
    open.add(locks);
    return locks;
  }

  private static BusHolder holder(String runId) {
    return BusHolder.of(runId, 42, "host-of-" + runId);
  }

  private Optional<BusLock> take(BusLocks host, String runId) throws IOException {
    Optional<BusLock> lock = host.tryAcquire(job, holder(runId), e -> {});
    lock.ifPresent(open::add);
    return lock;
  }

  @Test
  void aLockIsHeldByOneAndTellsByWhom() throws IOException {
    BusLocks first = host();
    BusLocks second = host();
    BusLock lock = take(first, "a").orElseThrow();
    assertThat(take(second, "b")).isEmpty();
    assertThat(second.holder(job).orElseThrow().toString()).startsWith("run a, pid 42 on host host-of-a, since ");
    assertThat(second.isAlive(job, "a")).isTrue();
    assertThat(second.isAlive(job, "b")).isFalse();
    lock.requireHeld();
  }

  @Test
  void aReleasedLockIsFreeAtOnce() throws IOException {
    BusLocks first = host();
    BusLocks second = host();
    take(first, "a").orElseThrow().close();
    assertThat(second.holder(job)).isEmpty();
    take(second, "b").orElseThrow().requireHeld();
    assertThat(first.holder(job).orElseThrow().runId()).isEqualTo("b");
  }

  @Test
  void locksOfOtherJobsAreNotConcerned() throws IOException {
    BusLocks first = host();
    take(first, "a").orElseThrow();
    assertThat(host().tryAcquire(job + ".other", holder("b"), e -> {}).map(open::add)).contains(true);
  }

  @Test
  void theLockOfOneWhoIsSilentIsTaken() throws IOException {
    BusLocks first = host();
    take(first, "a").orElseThrow().abandon();
    BusLocks second = host();
    assertThat(second.isAlive(job, "a")).isFalse();
    take(second, "b").orElseThrow().requireHeld();
  }

  @Test
  void whoeverWasTakenForDeadLearnsThatTheLockIsLost() throws IOException {
    AtomicReference<UserException> told = new AtomicReference<>();
    BusLock zombie = host().tryAcquire(job, holder("a"), told::set).orElseThrow();
    open.add(zombie);
    BusLock successor;
    synchronized (zombie) {
      // Nothing of it beats while somebody holds its monitor: as if it were stopped.
      successor = take(host(), "b").orElseThrow();
    }
    Await.until("the loss is told", BOUND, () -> told.get() != null);
    assertThat(told.get()).hasMessageContaining(
        "the lock of job " + job + " was lost to run b (pid 42) on host host-of-b");
    assertThatThrownBy(zombie::requireHeld).hasMessageContaining("SB-4342");
    successor.requireHeld();
    zombie.close();
    assertThat(host().holder(job).orElseThrow().runId()).isEqualTo("b");
  }

  @Test
  void whoeverIsFencedButHasTheLockGoesOn() throws IOException {
    AtomicReference<UserException> told = new AtomicReference<>();
    BusLocks first = host();
    BusLock lock = first.tryAcquire(job, holder("a"), told::set).orElseThrow();
    open.add(lock);
    for (int i = 0; i < 3; i++) {
      KafkaClients clients = TestBus.clients(KafkaCluster.shared().bootstrap(), TIMEOUT);
      open.add(clients);
      BusLock contender = new BusLock(clients, first, job, holder("b"), e -> {});
      contender.fenceOthers();
      lock.requireHeld();
      assertThat(contender.take()).isFalse();
    }
    lock.requireHeld();
    assertThat(told.get()).isNull();
    assertThat(host().holder(job).orElseThrow().runId()).isEqualTo("a");
  }

  @Test
  void anOpenTransactionOfAnotherJobHidesNobody() throws Exception {
    take(host(), "a").orElseThrow();
    BusLocks second = host();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (KafkaClients clients = TestBus.clients(KafkaCluster.shared().bootstrap(), TIMEOUT);
        KafkaProducer<byte[], byte[]> stuck = clients.producer("stuck", job + "-stuck", Duration.ofSeconds(60))) {
      stuck.initTransactions();
      stuck.beginTransaction();
      stuck.send(new ProducerRecord<>(BusLocks.NAME, 0, (job + "-stuck").getBytes(UTF_8), new byte[0])).get();
      Future<Boolean> alive = thread.submit(() -> second.isAlive(job, "a"));
      assertThatThrownBy(() -> alive.get(SILENCE.toMillis() + 1000, TimeUnit.MILLISECONDS))
          .as("nobody can know while the other transaction is open").isInstanceOf(TimeoutException.class);
      stuck.abortTransaction();
      assertThat(alive.get(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void ofSeveralWhoWantAFreeLockAtOnceOneGetsIt() throws Exception {
    List<BusLocks> hosts = List.of(host(), host(), host());
    for (int round = 0; round < 40; round++) {
      race(hosts).forEach(BusLock::close);
    }
  }

  @Test
  void ofSeveralWhoWantTheLockOfADeadOneOneGetsIt() throws Exception {
    List<BusLocks> hosts = List.of(host(), host(), host());
    for (int round = 0; round < 8; round++) {
      race(hosts).forEach(BusLock::abandon);
    }
  }

  /** All hosts try at the same time until one has got the lock; it must be the only one, and must have it. */
  private List<BusLock> race(List<BusLocks> hosts) throws Exception {
    AtomicBoolean decided = new AtomicBoolean();
    CyclicBarrier start = new CyclicBarrier(hosts.size());
    List<Callable<Optional<BusLock>>> contenders = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      BusLocks host = hosts.get(i);
      String runId = "r" + i;
      contenders.add(() -> {
        start.await();
        Optional<BusLock> lock = Optional.empty();
        while (lock.isEmpty() && !decided.get()) {
          lock = host.tryAcquire(job, holder(runId), e -> {});
        }
        decided.compareAndSet(false, lock.isPresent());
        return lock;
      });
    }
    List<BusLock> winners = new ArrayList<>();
    for (Optional<BusLock> result : inParallel(contenders)) {
      result.ifPresent(winners::add);
    }
    assertThat(winners).hasSize(1);
    winners.get(0).requireHeld();
    return winners;
  }

  @Test
  void neverDoTwoHoldALockWhateverTheyDo() throws Exception {
    long seed = System.nanoTime();
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    List<Callable<Optional<BusLock>>> hosts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      BusLocks host = host();
      String runId = "r" + i;
      Random random = new Random(seed + i);
      hosts.add(() -> {
        for (int round = 0; round < 25; round++) {
          Optional<BusLock> lock = host.tryAcquire(job, holder(runId), e -> {});
          if (lock.isPresent()) {
            assertThat(holders.incrementAndGet()).as("holders, seed " + seed).isEqualTo(1);
            taken.incrementAndGet();
            lock.get().requireHeld();
            holders.decrementAndGet();
            if (random.nextInt(10) == 0) {
              lock.get().abandon();
            } else {
              lock.get().close();
            }
          }
        }
        return Optional.empty();
      });
    }
    inParallel(hosts);
    assertThat(taken.get()).isPositive();
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks, 3, TimeUnit.MINUTES)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
