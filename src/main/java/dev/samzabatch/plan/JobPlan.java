package dev.samzabatch.plan;

import dev.samzabatch.system.StreamSpec;
import java.util.List;
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
    List<ContainerModel> containers,
    String hash) {

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
    return Stream.concat(
        streams.stream().map(PlannedStream::spec), changelogs.stream().map(PlannedChangelog::spec)).toList();
  }

  /** The same plan with its tasks spread anew, over at most so many containers; which those are decides no row. */
  public JobPlan onContainers(int count) {
    return new JobPlan(job, runId, stages, streams, changelogs, ContainerModel.spread(stages, count), hash);
  }
}
