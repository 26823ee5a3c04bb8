package dev.samzabatch.system.kafka;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.Secrets;
import dev.samzabatch.job.SystemSpec;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the clients of one cluster. A property is what the job says, else what we think is good; those on which
 * correctness hangs are always ours. Secrets are resolved when a client is made, and kept nowhere. Thread-safe; the
 * clients are not, except for the admin, which all share and which is closed with this.
 */
public final class KafkaClients implements Closeable {

  /** A fetch that finds nothing bars others, and closing, for as long as it waits. */
  private static final int SHORT_FETCH_MILLIS = 10;

  private static final Duration CLOSE = Duration.ofSeconds(2);

  /** One request may take so long at most; behind it comes another try. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

  /** Kafka's own setting is used up in waiting; this long after it an answer is certainly missing. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final SystemSpec system;
  private final KafkaSpec spec;
  private final Map<String, String> environment;
  private final String clientId;
  private final AtomicInteger count = new AtomicInteger();
  private Admin admin;

  /**
   * Clients of a system whose type is Kafka. Nothing is connected yet.
   *
   * @param environment where secrets are found
   * @param clientId what the cluster's own logs and quotas know the clients by, for example the job and its run.id
   * @throws UserException when the job sets a property that no client has
   */
  public KafkaClients(SystemSpec system, Map<String, String> environment, String clientId) {
    this.system = system;
    this.spec = system.kafka().orElseThrow();
    this.environment = Map.copyOf(environment);
    this.clientId = "samza-batch-" + clientId;
    if (!spec.client().isEmpty()) {
      refuseUnknownProperties();
    }
  }

  private void refuseUnknownProperties() {
    Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    for (String name : spec.client().keySet()) {
      if (!known.contains(name)) {
        String near = NearestName.hint(name, known);
        throw new UserException(Problem.error("SB-4304", system.place(),
            "systems." + system.name() + ".client." + name + " is no property of a Kafka client",
            near.isEmpty() ? "see https://kafka.apache.org/documentation/#consumerconfigs" : near));
      }
    }
  }

  /** The system's name in the job. */
  String system() {
    return system.name();
  }

  /** The brokers as the job names them. */
  String brokers() {
    return spec.bootstrapServers();
  }

  /** How long to wait for the cluster. */
  Duration timeout() {
    return spec.timeout();
  }

  /** Makes a consumer that is given its partitions and commits nothing. */
  KafkaConsumer<byte[], byte[]> consumer(String purpose, boolean readCommitted) {
    return consumer(purpose, readCommitted, new HashMap<>());
  }

  /** Makes one for partitions of which it is known when there is something to read: it need not wait for more. */
  KafkaConsumer<byte[], byte[]> committedConsumer(String purpose) {
    return consumer(purpose, true, new HashMap<>(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHORT_FETCH_MILLIS)));
  }

  private KafkaConsumer<byte[], byte[]> consumer(
      String purpose, boolean readCommitted, Map<String, Object> settings) {
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4096);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    add(settings, ConsumerConfig.configNames(), purpose);
    settings.keySet().remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.keySet().remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, readCommitted ? "read_committed" : "read_uncommitted");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    try {
      return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw failure(e, new Access("making a consumer", "", ""));
    }
  }

  /**
   * Makes a producer of transactions, for {@code initTransactions} to be called.
   *
   * @param transactionTimeout after which the cluster aborts a transaction that was not ended
   */
  KafkaProducer<byte[], byte[]> producer(String purpose, String transactionalId, Duration transactionTimeout) {
    Map<String, Object> settings = producerSettings(purpose);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) transactionTimeout.toMillis());
    return producer(settings);
  }

  /** Makes a producer without transactions. It writes each record once as long as it lives. */
  KafkaProducer<byte[], byte[]> producer(String purpose) {
    Map<String, Object> settings = producerSettings(purpose);
    settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    return producer(settings);
  }

  private Map<String, Object> producerSettings(String purpose) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1_000_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(spec.timeout()));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(spec.timeout().plus(Duration.ofSeconds(1))));
    add(settings, ProducerConfig.configNames(), purpose);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    return settings;
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    try {
      return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw failure(e, new Access("making a producer", "", ""));
    }
  }

  /** A group without members, for offsets that a transaction commits. */
  ConsumerGroupMetadata group(String group) {
    Map<String, Object> settings = new HashMap<>();
    add(settings, ConsumerConfig.configNames(), "group");
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.groupMetadata();
    } catch (KafkaException e) {
      throw failure(e, new Access("making a consumer", "", ""));
    }
  }

  /** The one client that asks about and changes topics and groups. Leave it open. */
  synchronized Admin admin() {
    if (admin == null) {
      Map<String, Object> settings = new HashMap<>();
      add(settings, AdminClientConfig.configNames(), "admin");
      try {
        admin = Admin.create(settings);
      } catch (KafkaException e) {
        throw failure(e, new Access("making an admin client", "", ""));
      }
    }
    return admin;
  }

  private void add(Map<String, Object> settings, Set<String> known, String purpose) {
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
        millis(spec.timeout().compareTo(LONGEST_REQUEST) < 0 ? spec.timeout() : LONGEST_REQUEST));
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(spec.timeout()));
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    spec.client().forEach((name, value) -> settings.put(name, Secrets.resolve(value, environment)));
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, spec.bootstrapServers());
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-" + purpose + "-" + count.incrementAndGet());
    settings.keySet().retainAll(known);
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }

  /**
   * Waits for an answer of the admin.
   *
   * @throws UserException when it is a refusal, or does not come in time
   */
  <T> T await(KafkaFuture<T> answer, Access access) throws IOException {
    try {
      return answer(answer, access);
    } catch (ExecutionException e) {
      throw failure(e, access);
    }
  }

  /**
   * Waits for an answer of which the caller understands some refusals.
   *
   * @throws ExecutionException with the refusal
   * @throws UserException when it does not come in time
   */
  <T> T answer(KafkaFuture<T> answer, Access access) throws IOException, ExecutionException {
    try {
      return answer.get(spec.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unreachable(access.doing(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + access.doing());
    }
  }

  /** What a person is told about a failure of a client. */
  UserException failure(Throwable failure, Access access) {
    return new KafkaFailures(system, environment).of(failure, access);
  }

  /** The cluster has not answered for as long as it may. */
  UserException unreachable(String doing, Throwable cause) {
    return new KafkaFailures(system, environment).unreachable(doing, cause);
  }

  /** A mistake of the user's that has to do with this system. */
  UserException mistake(String code, String message, String hint) {
    return new UserException(ErrorKind.USER, Problem.error(code, system.place(), message, hint));
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(CLOSE);
      admin = null;
    }
  }
}
