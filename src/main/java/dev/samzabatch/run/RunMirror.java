package dev.samzabatch.run;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.job.SystemSpec;
import dev.samzabatch.system.kafka.BusHolder;
import dev.samzabatch.system.kafka.BusLock;
import dev.samzabatch.system.kafka.BusLocks;
import dev.samzabatch.system.kafka.KafkaClients;
import dev.samzabatch.system.kafka.RegistryTopic;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What hosts share of their runs on a Kafka system: a copy of each run's small files, and the locks of jobs. Only what
 * has to do with such a system makes one, so that other jobs load no class of Kafka's. Thread-safe.
 */
final class RunMirror implements Closeable {

  private final SystemSpec system;
  private final KafkaClients clients;
  private final RegistryTopic runs;
  private final BusLocks locks;

  private RunMirror(SystemSpec system, KafkaClients clients, RegistryTopic runs, BusLocks locks) {
    this.system = system;
    this.clients = clients;
    this.runs = runs;
    this.locks = locks;
  }

  /**
   * Connects to a system; what is missing there is made.
   *
   * @throws UserException when it does not answer, or refuses
   */
  static RunMirror open(SystemSpec system, StreamsOn settings, Map<String, String> environment) throws IOException {
    KafkaClients clients = new KafkaClients(system, environment, "runs");
    try {
      RegistryTopic runs = new RegistryTopic(clients, settings);
      try {
        return new RunMirror(system, clients, runs, new BusLocks(clients, settings));
      } catch (IOException | RuntimeException e) {
        runs.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  /** The system's name, and what tells its registry from any other. */
  String id() {
    return system.name() + " " + runs.id();
  }

  /** Whether this is what a job means by a system. */
  boolean isOn(SystemSpec other) {
    return system.name().equals(other.name()) && system.kafka().equals(other.kafka());
  }

  /** Keeps a file of a run, and waits until the cluster has it. */
  void put(String runId, String file, byte[] text) throws IOException {
    runs.put(runId + "/" + file, text);
  }

  /** Forgets a file of a run. */
  void remove(String runId, String file) throws IOException {
    runs.remove(runId + "/" + file);
  }

  /** The files of all runs, by run and name. What is no file of a run is passed over. */
  Map<String, Map<String, byte[]>> readAll() throws IOException {
    Map<String, Map<String, byte[]>> files = new TreeMap<>();
    runs.readAll().forEach((key, text) -> {
      int slash = key.indexOf('/');
      if (slash > 0 && RunIds.isRunId(key.substring(0, slash))) {
        files.computeIfAbsent(key.substring(0, slash), run -> new TreeMap<>()).put(key.substring(slash + 1), text);
      }
    });
    return files;
  }

  /** Takes the lock that all hosts share, see {@link BusLocks#tryAcquire}. */
  Optional<BusLock> tryLock(String job, String runId, Consumer<UserException> whenLost) throws IOException {
    return locks.tryAcquire(job, BusHolder.of(runId, ProcessHandle.current().pid(), HostName.own()), whenLost);
  }

  /** Who has the lock of a job, dead or alive. */
  Optional<LockHolder> lockHolder(String job) throws IOException {
    return locks.holder(job).map(h -> new LockHolder(h.runId(), h.pid(), h.host(), h.since()));
  }

  /** Whether a process on any host has the lock of a job for this run, and lives. */
  boolean isAlive(String job, String runId) throws IOException {
    return locks.isAlive(job, runId);
  }

  @Override
  public void close() {
    locks.close();
    runs.close();
    clients.close();
  }
}
