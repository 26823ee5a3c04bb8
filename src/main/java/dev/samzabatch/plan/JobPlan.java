package dev.samzabatch.plan;

import java.util.List;

/**
 * A job made ready to run.
 *
 * @param job its name
 * @param runId the run's id
 * @param stages in order
 * @param streams every internal stream but the checkpoint stream
 * @param containers one a thread
 * @param hash of everything that decides the rows and where they lie, but not of names that hold the run.id: equal
 * hashes mean that a run may go on with what another has left
 */
public record JobPlan(
    String job,
    String runId,
    List<Stage> stages,
    List<PlannedStream> streams,
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
}
