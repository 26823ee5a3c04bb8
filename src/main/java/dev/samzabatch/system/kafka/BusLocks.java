package dev.samzabatch.system.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.StreamsOn;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The locks of jobs that all hosts share. A holder repeats its record once a second, always in a transaction of the
 * lock's own producer; whoever wants the lock fences that producer first, so that between looking and writing nobody
 * else can write.
 *
 * <pre>
 * topic samza-batch-locks, one partition, compacted:   key JOB, value see {@link BusHolder}; none when it is free
 * transactional.id                                     samza-batch-lock-JOB
 * </pre>
 *
 * <p>
 * A holder of whom nothing new came for as long as {@link #SILENCE}, while we looked, is dead or cut off: its lock may
 * be taken. What it still writes then never gets into the topic. Thread-safe.
 */
public final class BusLocks implements Closeable {

  /** So long must a holder be silent before its lock may be taken. */
  static final Duration SILENCE = Duration.ofSeconds(6);

  /** The topic. */
  public static final String NAME = "samza-batch-locks";

  private static final long LOOK_MILLIS = 250;

  /** Heart beats are many and small: small segments are soon compacted. */
  private static final Map<String, String> CONFIGS = Map.of("message.timestamp.type", "LogAppendTime",
      "segment.bytes", String.valueOf(1 << 20), "min.cleanable.dirty.ratio", "0.1");

  private final KafkaClients clients;
  private final CompactedTopic topic;
  private final Duration silence;

  /** The newest record of each job; guarded by this. */
  private final Map<String, Seen> newest = new HashMap<>();

  /** Whether a record that is read now was written while we looked; guarded by this. */
  private boolean looking;

  /** The id of the transactions in which the lock of a job is written. */
  public static String transactionalId(String job) {
    return "samza-batch-lock-" + job;
  }

  /** The locks on a system; their topic is made when it is not there. */
  public BusLocks(KafkaClients clients, StreamsOn settings) throws IOException {
    this(clients, settings, SILENCE);
  }

  /** Locks that may be taken after another time of silence. */
  BusLocks(KafkaClients clients, StreamsOn settings, Duration silence) throws IOException {
    this.clients = clients;
    this.silence = silence;
    this.topic = new CompactedTopic(clients, NAME, settings, CONFIGS);
  }

  /**
   * The newest record of a job.
   *
   * @param offset where it stands; -1 for none
   * @param value null when the lock is free
   * @param live whether it came while we looked
   * @param silence since then
   */
  private record Seen(long offset, byte[] value, boolean live, Patience silence) {}

  /** Takes the newest record of a job, or one that says that there is none. */
  private synchronized Seen look(String job, boolean whole) throws IOException {
    if (whole) {
      topic.readAll(this::note);
    } else {
      topic.readCommitted(this::note);
    }
    looking = true;
    // All are looked at, so that several who are silent cost the time of one.
    newest.values().forEach(seen -> seen.silence().isOver());
    return newest.getOrDefault(job, seen(-1, null));
  }

  private void note(ConsumerRecord<byte[], byte[]> message) {
    if (message.key() != null) {
      newest.put(new String(message.key(), UTF_8), seen(message.offset(), message.value()));
    }
  }

  private Seen seen(long offset, byte[] value) {
    return new Seen(offset, value, looking, new Patience(silence, System::nanoTime));
  }

  /** Looks until it is clear whether the lock is free, its holder lives, or its holder is silent for too long. */
  private Seen watch(String job) throws IOException {
    Seen seen = look(job, false);
    while (seen.value() != null && !seen.live() && !seen.silence().isOver()) {
      pause();
      seen = look(job, false);
    }
    return seen;
  }

  private static void pause() throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while looking at " + NAME);
    }
  }

  private static boolean isFree(Seen seen) {
    return seen.value() == null || seen.silence().isOver();
  }

  /** What the newest record says of the holder, dead or alive; empty when the lock is free. */
  public Optional<BusHolder> holder(String job) throws IOException {
    return holder(job, look(job, true));
  }

  private Optional<BusHolder> holder(String job, Seen seen) {
    try {
      return seen.value() == null ? Optional.empty() : Optional.of(BusHolder.of(seen.value()));
    } catch (IOException e) {
      throw new UserException(ErrorKind.EXTERNAL, Problem.error("SB-4341", Place.none(),
          "the lock of job " + job + " in topic " + NAME + " of " + clients.system()
              + " cannot be understood: " + e.getMessage(),
          "another version of samza-batch may hold it: use the same version on all hosts"), e);
    }
  }

  /** Whether a run holds the lock of its job and lives. It may take {@link #SILENCE} to see that it does not. */
  public boolean isAlive(String job, String runId) throws IOException {
    if (holder(job).filter(h -> h.runId().equals(runId)).isEmpty()) {
      return false;
    }
    watch(job);
    // Open transactions of others may have hidden what the holder wrote.
    Seen seen = look(job, true);
    return !isFree(seen) && holder(job, seen).filter(h -> h.runId().equals(runId)).isPresent();
  }

  /**
   * Takes the lock of a job, or gives nothing when somebody else has it. It may take {@link #SILENCE} to see that a
   * holder is dead.
   *
   * @param lost is told when the lock is lost, by the thread that finds out; it must not wait
   */
  public Optional<BusLock> tryAcquire(String job, BusHolder self, Consumer<UserException> lost) throws IOException {
    Seen before = watch(job);
    if (!isFree(before)) {
      return Optional.empty();
    }
    BusLock lock = new BusLock(clients, this, job, self, lost);
    try {
      lock.fenceOthers();
      Seen now = look(job, true);
      boolean taken = now.value() != null && now.offset() != before.offset();
      if (!taken && lock.take()) {
        return Optional.of(lock);
      }
    } catch (IOException | RuntimeException e) {
      lock.abandon();
      throw e;
    }
    lock.abandon();
    return Optional.empty();
  }

  @Override
  public void close() {
    topic.close();
  }
}
