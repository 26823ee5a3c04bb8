package dev.samzabatch.plan;

import dev.samzabatch.system.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A job made ready to run.
 *
 * @param job its name
 * @param runId the run's id
 * @param stages in order
 * @param streams every internal stream that moves rows
 * @param changelogs the streams that keep the state of operators, by operator in the order that {@link StateLayout}
 * draws
 * @param staged by output the stream in which its rows wait until the run publishes them, one partition a writing task;
 * for outputs that go to files there is none
 * @param unbounded ids of the sources that may go on for ever: scans of such inputs, and the streams that they feed
 * @param containers one a thread
 * @param hash of everything that decides the rows and where they lie, but not of names that hold the run.id: equal
 * hashes mean that a run may go on with what another has left
 */
public record JobPlan(
    String job,
    String runId,
    List<Stage> stages,
    List<PlannedStream> streams,
    List<PlannedChangelog> changelogs,
    Map<String, StreamSpec> staged,
    Set<Integer> unbounded,
    List<ContainerModel> containers,
    String hash) {

  /** Whether a source may go on for ever. */
  public boolean isUnbounded(int source) {
    return unbounded.contains(source);
  }

  /** How many tasks write to the stream, each of which ends it with a mark of its own. */
  public int writers(PlannedStream stream) {
    return stages.get(stream.writer()).tasks().size();
  }

  /** The stream of this full name. */
  public PlannedStream stream(String name) {
    return streams.stream().filter(s -> s.spec().name().equals(name)).findFirst().orElseThrow();
  }

  /** The changelogs of an operator, in the order that {@link StateLayout} draws; none for one without state. */
  public List<PlannedChangelog> changelogs(int operator) {
    return changelogs.stream().filter(c -> c.operator() == operator).toList();
  }

  /** Every internal stream, those that move rows first. */
  public List<StreamSpec> specs() {
    List<StreamSpec> specs = new ArrayList<>(rowStreams());
    changelogs.forEach(c -> specs.add(c.spec()));
    return specs;
  }

  /** The internal streams that hold rows on their way, which exist before anything runs. */
  public List<StreamSpec> rowStreams() {
    return Stream.concat(streams.stream().map(PlannedStream::spec), staged.values().stream()).toList();
  }

  /** The same plan with its tasks spread anew, over at most so many containers; which those are decides no row. */
  public JobPlan onContainers(int count) {
    return new JobPlan(
        job, runId, stages, streams, changelogs, staged, unbounded, ContainerModel.spread(stages, count), hash);
  }
}
