package dev.samzabatch.system.kafka;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;

/**
 * Ends the transactions of producers that are dead, or should be: afterwards each is either committed or aborted, and
 * none of the producers can send or commit any more. Thread-safe.
 */
final class Fence {

  private final KafkaClients clients;
  private final String prefix;
  private final CommittedEnds ends;
  private boolean done;

  /**
   * Fences the producers of a run.
   *
   * @param prefix which the transactional ids of all of them have, and no others
   */
  Fence(KafkaClients clients, String prefix, CommittedEnds ends) {
    this.clients = clients;
    this.prefix = prefix;
    this.ends = ends;
  }

  /** Fences all producers that other processes have left of the run, unless that is done; to be called first of all. */
  synchronized void others() throws IOException {
    if (!done) {
      Access access = new Access("looking for transactions of " + prefix + "*", "DESCRIBE",
          "transactional-id " + prefix + "*");
      close(listed(access).stream().map(TransactionListing::transactionalId).filter(id -> id.startsWith(prefix))
          .toList());
      done = true;
    }
  }

  /** Asks all brokers. When one goes away meanwhile Kafka's client trips over itself, and asking again helps. */
  private Collection<TransactionListing> listed(Access access) throws IOException {
    long end = System.nanoTime() + clients.timeout().toNanos();
    while (true) {
      try {
        return clients.await(clients.admin().listTransactions().all(), access);
      } catch (RuntimeException e) {
        if (!isStumble(e) || System.nanoTime() - end > 0) {
          throw e;
        }
      }
    }
  }

  private static boolean isStumble(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        return true;
      }
    }
    return false;
  }

  /** Fences one producer. */
  void one(String transactionalId) throws IOException {
    close(List.of(transactionalId));
  }

  private void close(List<String> ids) throws IOException {
    if (!ids.isEmpty()) {
      Admin admin = clients.admin();
      Access access = new Access("ending the transactions of " + String.join(", ", ids), "WRITE",
          "transactional-id " + prefix + "*");
      clients.await(admin.fenceProducers(ids).all(), access);
      ids.forEach(ends::over);
    }
  }
}
