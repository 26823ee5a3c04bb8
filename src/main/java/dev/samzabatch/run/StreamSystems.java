package dev.samzabatch.run;

import dev.samzabatch.container.RunStreams;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.job.RunSpec;
import dev.samzabatch.job.TopicOutput.Publish;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedChangelog;
import dev.samzabatch.state.LocalStores;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.kafka.LaneSink;
import dev.samzabatch.system.kafka.TopicStreams;
import dev.samzabatch.system.log.LogStreams;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the streams of one run lie: all in its own directory; or all on a Kafka system, with copies of changelogs in
 * the directory; or only the checkpoints there, since an output is published with every commit.
 */
final class StreamSystems implements Closeable {

  private final StreamPlan plan;
  private final LogStreams local;
  private final Optional<TopicStreams> topics;
  private final boolean rowsOnTopics;
  private final TopicIds ids;

  private StreamSystems(StreamPlan plan, LogStreams local, Optional<TopicStreams> topics, boolean rowsOnTopics,
      TopicIds ids) {
    this.plan = plan;
    this.local = local;
    this.topics = topics;
    this.rowsOnTopics = rowsOnTopics;
    this.ids = ids;
  }

  /** The Kafka system on which a job commits; empty when that is in the state directory. */
  static Optional<String> commitsOn(JobSpec job) {
    Optional<String> asYouGo = job.outputs().values().stream()
        .filter(o -> o.topic().filter(t -> t.publish() == Publish.AS_YOU_GO).isPresent())
        .map((OutputSpec o) -> o.location().system()).findFirst();
    return job.run().streamsOn().system().or(() -> asYouGo);
  }

  /** Opens the streams of a run; nothing is created. */
  static StreamSystems open(PreparedJob job, StateDirectory state, RunSettings settings, Buses buses) {
    JobPlan plan = job.plan();
    RunSpec run = job.spec().run();
    LogStreams local =
        new LogStreams(state.streams(plan.runId()), settings.writerBytes(run), settings.segmentBytes());
    Optional<TopicStreams> topics = commitsOn(job.spec()).map(system -> {
      Map<String, Integer> parts = new LinkedHashMap<>();
      plan.changelogs().forEach((PlannedChangelog c) -> parts.put(c.spec().name(), c.parts()));
      return new TopicStreams(buses.clients(system), run.streamsOn(), plan.job() + "-" + plan.runId(), local,
          stream -> parts.getOrDefault(stream.name(), 1), settings.writerBytes(run));
    });
    return new StreamSystems(new StreamPlan(plan), local, topics, run.streamsOn().system().isPresent(),
        new TopicIds(state, plan.runId()));
  }

  /** The streams of a run in which rows wait to be published. */
  static InternalStreams staged(JobSpec job, String runId, StateDirectory state, Buses buses) throws IOException {
    LogStreams local = new LogStreams(state.streams(runId));
    Optional<String> system = job.run().streamsOn().system();
    if (system.isEmpty()) {
      return local;
    }
    TopicStreams topics = new TopicStreams(buses.clients(system.get()), job.run().streamsOn(),
        job.name() + "-" + runId, local, s -> 1, LogStreams.WRITER_MEMORY);
    new TopicIds(state, runId).expect(topics);
    return topics;
  }

  /** Where rows and changelogs are. */
  InternalStreams rows() {
    return rowsOnTopics ? topics.orElseThrow() : local;
  }

  private InternalStreams commits() {
    return topics.isPresent() ? topics.get() : local;
  }

  /**
   * Creates what is not there, and gives all of it to containers.
   *
   * @throws IOException when a topic is gone, or another one, that a former process has made
   */
  RunStreams create(LocalStores stores) throws IOException {
    if (topics.isPresent()) {
      ids.expect(topics.get());
    }
    plan.create(rows());
    commits().ensure(plan.checkpoints());
    if (rowsOnTopics) {
      plan.createChangelogs(rows());
    }
    if (topics.isPresent()) {
      ids.save(topics.get());
    }
    return new RunStreams(rows(), commits(), plan.checkpoints(), stores);
  }

  /** Where records go that are part of the commits of a lane. */
  LaneSink sink(String lane) throws IOException {
    return topics.orElseThrow().sink(lane);
  }

  @Override
  public void close() throws IOException {
    try {
      if (topics.isPresent()) {
        topics.get().close();
      }
    } finally {
      local.close();
    }
  }
}
