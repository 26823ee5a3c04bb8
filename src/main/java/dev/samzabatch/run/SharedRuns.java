package dev.samzabatch.run;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.job.SystemSpec;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a state directory see, for one command, the runs and locks that hosts share on the system that a job names with
 * {@code run.streams-on}. Used by one thread.
 */
public final class SharedRuns implements Closeable {

  private final StateDirectory state;
  private final Map<String, String> environment;
  private Optional<RunMirror> opened = Optional.empty();

  /**
   * For a state directory; nothing is connected yet.
   *
   * @param environment where secrets are found
   */
  public SharedRuns(StateDirectory state, Map<String, String> environment) {
    this.state = state;
    this.environment = environment;
  }

  /**
   * Connects to the system of a job, and brings what is known there into the state directory.
   *
   * @return false when the job names none; nothing was done then
   * @throws UserException when the system does not answer, or refuses
   */
  public boolean attach(JobSpec job) {
    StreamsOn settings = job.run().streamsOn();
    settings.system().ifPresent(system -> attach(job.systems().get(system), settings));
    return settings.system().isPresent();
  }

  private void attach(SystemSpec system, StreamsOn settings) {
    try {
      if (state.mirror().filter(m -> m.isOn(system)).isEmpty()) {
        close();
        opened = Optional.of(RunMirror.open(system, settings, environment));
        state.mirrorTo(opened);
      }
      new MirroredRuns(state, state.mirror().orElseThrow()).pull();
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  /**
   * Connects to the system of a job that is named only for that.
   *
   * @throws UserException when the job names none
   */
  public void attachVia(JobRequest job) {
    if (!attach(JobLoader.load(job))) {
      throw new UserException(Problem.error("SB-5061", Place.none(),
          job.file() + " keeps its runs on the host where they run: it has no run.streams-on",
          "name a job file that has, or leave --via out"));
    }
  }

  /**
   * Connects to the system on which a run is known as well, as its job file says, or else its manifest; nothing is done
   * for a run of this host only, or of the system that is connected.
   *
   * @throws UserException when neither leads there
   */
  public void attachFor(String runId) {
    if (!state.isShared(runId) || state.mirrorOf(runId).isPresent()) {
      return;
    }
    try {
      Optional<Manifest> manifest = Manifest.exists(state.runDirectory(runId))
          ? Optional.of(Manifest.read(state.runDirectory(runId)))
          : Optional.empty();
      String system = state.sharedOn(runId).split(" ")[0];
      Optional<JobSpec> job = manifest.flatMap(m -> RecordedRequest.job(m, environment));
      Optional<RecordedBus> bus = manifest.map(m -> m.buses().get(system));
      boolean attached = job.isPresent() && attach(job.get());
      if (!attached && bus.isPresent()) {
        attach(bus.get().system(system), StreamsOn.LOCAL);
      }
    } catch (IOException e) {
      throw state.unusable(e);
    }
    if (state.isShared(runId) && state.mirrorOf(runId).isEmpty()) {
      throw new UserException(Problem.error("SB-5060", Place.none(),
          "run " + runId + " is known on the system " + state.sharedOn(runId) + " as well, which must be asked, and "
              + "neither its job file nor its manifest leads there",
          "name a job file that has this system as its run.streams-on: --via JOB.CONF"));
    }
  }

  /** Disconnects from what this has connected to. */
  @Override
  public void close() {
    if (opened.isPresent()) {
      state.mirrorTo(Optional.empty());
      opened.get().close();
      opened = Optional.empty();
    }
  }
}
