package dev.samzabatch.run;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.kafka.ResultTransaction;
import dev.samzabatch.system.kafka.TopicWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the rows that wait in streams to their topics: one transaction a system, whose proof makes that trying again
 * after a crash sends nothing twice.
 */
final class TopicPublishing {

  private final JobSpec job;
  private final Buses buses;
  private final InternalStreams streams;

  private TopicPublishing(JobSpec job, Buses buses, InternalStreams streams) {
    this.job = job;
    this.buses = buses;
    this.streams = streams;
  }

  /**
   * Name of the transaction on a system, and of the consumer group that proves it.
   *
   * @param runId empty for what such names begin with
   */
  static String proof(String job, String system, String runId) {
    return job + "-publish-" + system + "-" + runId;
  }

  /** Sends what the journal says, unless that is done, as the job says that has just been run. */
  static void publish(PublishJournal journal, PreparedJob job, StateDirectory state) throws IOException {
    publish(journal, job.spec(), job.request(), state);
  }

  /**
   * The same for a run whose process is dead. The job file says again how its systems are reached, since a manifest
   * holds no secrets.
   *
   * @throws UserException when the job file does not say any more what it said when the run began
   */
  static void publish(PublishJournal journal, Manifest manifest, StateDirectory state) throws IOException {
    JobRequest request = RecordedRequest.of(manifest.request(), journal.runId(), System.getenv(), List.of());
    JobSpec job = JobLoader.load(request);
    refuseChanges(journal, manifest, job, request);
    publish(journal, job, request, state);
  }

  private static void refuseChanges(PublishJournal journal, Manifest manifest, JobSpec job, JobRequest request) {
    List<Problem> problems = new ArrayList<>();
    for (List<StagedTopic> topics : journal.topics().values()) {
      for (StagedTopic topic : topics) {
        String then = manifest.found().outputs().get(topic.output());
        OutputSpec output = job.outputs().get(topic.output());
        String now = output == null ? "not there" : RecordedJob.text(output);
        if (!now.equals(then) || !job.name().equals(manifest.job())) {
          problems.add(Problem.error("SB-5044", Place.none(), "output \"" + topic.output() + "\" of job "
              + manifest.job() + " has changed since the run began: it was " + then + ", it is " + now,
              "its rows are complete and wait to be sent as they were meant: undo the change in " + request.file()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static void publish(PublishJournal journal, JobSpec job, JobRequest request, StateDirectory state)
      throws IOException {
    try (Buses buses =
        new Buses(job.systems(), request.overrides().environment(), job.name() + "-" + journal.runId());
        InternalStreams streams = StreamSystems.staged(job, journal.runId(), state, buses)) {
      new TopicPublishing(job, buses, streams).publish(journal);
    }
  }

  private void publish(PublishJournal journal) throws IOException {
    for (Map.Entry<String, List<StagedTopic>> system : journal.topics().entrySet()) {
      String proof = proof(job.name(), system.getKey(), journal.runId());
      try (ResultTransaction transaction =
          new ResultTransaction(buses.clients(system.getKey()), proof, proof)) {
        publish(system.getValue(), transaction);
      }
    }
  }

  private void publish(List<StagedTopic> topics, ResultTransaction transaction) throws IOException {
    long expected = topics.stream().mapToLong(StagedTopic::rows).sum();
    Optional<Long> done = transaction.isCommitted();
    if (done.isEmpty()) {
      transaction.begin();
      for (StagedTopic topic : topics) {
        send(topic, transaction);
      }
      if (transaction.records() != expected) {
        throw lost(topics, transaction.records(), expected);
      }
      transaction.commit(topics.get(0).topic());
    } else if (done.get() != expected) {
      throw lost(topics, done.get(), expected);
    }
  }

  private static IllegalStateException lost(List<StagedTopic> topics, long found, long expected) {
    return new IllegalStateException("records were lost or doubled: the topics "
        + topics.stream().map(StagedTopic::topic).toList() + " get " + found + " records, they were given " + expected);
  }

  private void send(StagedTopic topic, ResultTransaction transaction) throws IOException {
    Map<String, Schema> schemas = new HashMap<>(Map.of(topic.output(), topic.stream().schema()));
    TopicOutputs outputs = new TopicOutputs(job.outputs(), o -> schemas.get(o.name()), buses);
    TopicWriter rows = outputs.rows(topic.output(), transaction);
    topic.lanes().forEach((lane, lengths) -> streams.publish(topic.stream(), lane, lengths));
    for (int partition = 0; partition < topic.stream().partitions(); partition++) {
      try (StreamReader reader = streams.openReader(topic.stream(), partition, RecordBatch.DEFAULT_ROWS)) {
        for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
          if (item instanceof RecordBatch batch) {
            rows.write(batch);
          }
        }
      }
    }
  }
}
