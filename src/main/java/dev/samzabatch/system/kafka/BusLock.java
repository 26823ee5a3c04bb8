package dev.samzabatch.system.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownServerException;

/**
 * The lock of a job, held by this process, see {@link BusLocks}. A thread of its own repeats the record once a second.
 * When somebody has fenced its producer, it fences back and looks: if the lock is still ours, it goes on. A lock that
 * somebody else has taken, or that could not be confirmed for as long as the system's timeout, is lost for good.
 * Thread-safe.
 */
public final class BusLock implements Closeable {

  private static final long BEAT_MILLIS = 1000;

  /** Short: an open transaction of a dead holder hides what others have written behind it. */
  private static final Duration TRANSACTION = Duration.ofSeconds(5);

  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final BusLocks locks;
  private final String job;
  private final BusHolder self;
  private final Consumer<UserException> whenLost;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Guarded by this, as all below: empty after a failure. */
  private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();
  private long confirmedNanos;
  private Optional<UserException> lost = Optional.empty();

  BusLock(KafkaClients clients, BusLocks locks, String job, BusHolder self, Consumer<UserException> whenLost) {
    this.clients = clients;
    this.locks = locks;
    this.job = job;
    this.self = self;
    this.whenLost = whenLost;
  }

  private Access access() {
    return new Access("taking the lock of job " + job + " in the topic " + BusLocks.NAME, "WRITE",
        "transactional-id " + BusLocks.transactionalId(job));
  }

  /** Sees to it that nobody can write a record of the lock who has begun before, and that none is under way. */
  synchronized void fenceOthers() {
    drop();
    KafkaProducer<byte[], byte[]> made = clients.producer("lock", BusLocks.transactionalId(job), TRANSACTION);
    producer = Optional.of(made);
    try {
      made.initTransactions();
    } catch (KafkaException | IllegalStateException e) {
      drop();
      throw clients.failure(e, access());
    }
  }

  /** Writes the first record, and begins to repeat it; false when somebody has fenced us meanwhile. */
  synchronized boolean take() {
    try {
      write(self.toJson());
    } catch (KafkaException | IllegalStateException e) {
      drop();
      if (isFenced(e)) {
        return false;
      }
      throw clients.failure(e, access());
    }
    Thread heart = new Thread(this::beatOn, "lock-" + job);
    heart.setDaemon(true);
    heart.start();
    return true;
  }

  /** Brokers also answer with unknown errors to whoever is fenced in the midst of ending a transaction. */
  private static boolean isFenced(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException
          || cause instanceof InvalidTxnStateException || cause instanceof UnknownServerException
          || cause instanceof ApplicationRecoverableException) {
        return true;
      }
    }
    return false;
  }

  /** Writes a record; when this returns it is committed, and nobody had fenced us until then. */
  private void write(byte[] value) {
    KafkaProducer<byte[], byte[]> to = producer.orElseThrow();
    to.beginTransaction();
    to.send(new ProducerRecord<>(BusLocks.NAME, 0, job.getBytes(UTF_8), value));
    to.commitTransaction();
    confirmedNanos = System.nanoTime();
  }

  private void beatOn() {
    try {
      while (!ended.await(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
        beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void beat() {
    if (ended.getCount() == 0) {
      return;
    }
    try {
      confirm(self.toJson());
    } catch (UserException | IOException e) {
      if (lost.isEmpty() && System.nanoTime() - confirmedNanos > clients.timeout().toNanos()) {
        lose("SB-4343", "the lock of job " + job + " could not be renewed in the topic " + BusLocks.NAME + " of "
            + clients.system() + " (" + clients.brokers() + ") for " + Quantities.duration(clients.timeout())
            + ", which is systems." + clients.system() + ".timeout", e);
      }
    }
  }

  /**
   * Writes a record as one who holds the lock.
   *
   * @throws UserException when the lock is lost, or the cluster does not answer
   */
  private void confirm(byte[] value) throws IOException {
    if (producer.isPresent()) {
      try {
        write(value);
        return;
      } catch (KafkaException | IllegalStateException e) {
        // Whatever it was: a new producer ends what this one has left open, and then the topic tells who has the lock.
        drop();
      }
    }
    fenceOthers();
    Optional<BusHolder> holder = locks.holder(job);
    if (holder.filter(h -> h.token().equals(self.token())).isEmpty()) {
      drop();
      String whom = holder.map(h -> "was lost to run " + h.runId() + " (pid " + h.pid() + ") on host " + h.host())
          .orElse("was taken by a run that has ended since");
      throw lose("SB-4342", "the lock of job " + job + " " + whom + " in the topic " + BusLocks.NAME + " of "
          + clients.system(), null);
    }
    try {
      write(value);
    } catch (KafkaException | IllegalStateException e) {
      drop();
      throw clients.failure(e, access());
    }
  }

  private UserException lose(String code, String message, Throwable cause) {
    String hint =
        "this process was stopped, or cut off from the brokers, for longer than " + BusLocks.SILENCE.toSeconds()
            + " s; see: samza-batch runs " + job;
    UserException failure =
        new UserException(ErrorKind.EXTERNAL, Problem.error(code, Place.none(), message, hint), cause);
    lost = Optional.of(failure);
    ended.countDown();
    whenLost.accept(failure);
    return failure;
  }

  /**
   * Makes sure, by writing to the topic, that the lock is ours now and for the next seconds.
   *
   * @throws UserException when it is lost, or that cannot be found out
   */
  public synchronized void requireHeld() throws IOException {
    if (lost.isPresent()) {
      throw lost.get();
    }
    confirm(self.toJson());
  }

  /** Whether somebody else has the lock, or may have. */
  public synchronized boolean isLost() {
    return lost.isPresent();
  }

  private void drop() {
    producer.ifPresent(p -> p.close(Duration.ZERO));
    producer = Optional.empty();
  }

  /** Ends without releasing what may have been taken: others find it silent. */
  synchronized void abandon() {
    ended.countDown();
    drop();
  }

  /** Releases the lock. If that fails, others find its holder silent and take it. */
  @Override
  public synchronized void close() {
    ended.countDown();
    if (lost.isEmpty() && producer.isPresent()) {
      try {
        confirm(null);
      } catch (UserException | IOException e) {
        drop();
      }
    }
    producer.ifPresent(p -> p.close(CLOSE));
    producer = Optional.empty();
  }
}
