package dev.samzabatch.run;

import dev.samzabatch.container.ContainerSettings;
import dev.samzabatch.container.Containers;
import dev.samzabatch.container.RunState;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.plan.PlannedStream;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.run.RunRecord.CheckFigures;
import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.run.RunRecord.StageFigures;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a prepared job, under the lock of the job, from manifest to record:
 *
 * <pre>
 * manifest -> purge of earlier runs -> streams -> containers -> checks -> publish -> delete streams -> record
 * </pre>
 *
 * <p>
 * Dying anywhere before publication publishes nothing; the manifest says what to delete. Used by one thread, but for
 * {@link #stop()}.
 */
final class JobRun {

  private final PreparedJob job;
  private final StateDirectory state;
  private final RunSettings settings;
  private final RunObserver observer;
  private final RunState runState;
  private final Path directory;
  private final String runId;
  private RunRecord record;

  JobRun(PreparedJob job, StateDirectory state, RunSettings settings, RunObserver observer, RunState runState) {
    this.job = job;
    this.state = state;
    this.settings = settings;
    this.observer = observer;
    this.runState = runState;
    this.runId = job.plan().runId();
    this.directory = state.runDirectory(runId);
    this.record = RunRecord.started(runId, job.spec().name(), job.request().file().toAbsolutePath(), Instant.now());
  }

  /**
   * Runs the job to its end.
   *
   * @return the record, which is on disk as well; a failure is in it
   * @throws UserException when the state directory or an output cannot be used at all; nothing is left behind then
   */
  RunOutcome run() {
    Outputs outputs = new Outputs(job, state, settings);
    outputs.refuseOccupied();
    outputs.warnings().forEach(observer::warned);
    begin(outputs);
    try (RunLog log = new RunLog(directory)) {
      return run(outputs, log);
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  private void begin(Outputs outputs) {
    state.create(directory);
    try {
      List<String> streams = new ArrayList<>();
      job.plan().streams().forEach(s -> streams.add(s.spec().name()));
      streams.add(checkpoints().name());
      record.write(directory);
      new Manifest(runId, job.spec().name(), streams, outputs.staging()).write(directory);
    } catch (IOException e) {
      new Cleaner(state, false).run(runId);
      throw state.unusable(e);
    }
  }

  private RunOutcome run(Outputs outputs, RunLog log) throws IOException {
    log.line("run " + runId + " of job " + job.spec().name() + ", plan " + job.plan().hash());
    UserException failure = null;
    boolean published = false;
    try {
      purge(log);
      execute(outputs, log);
      publish(outputs, log);
      published = true;
    } catch (ChecksFailed e) {
      fail(RunStatus.CHECKS_FAILED, e.getMessage(), outputs, log);
    } catch (Interrupted e) {
      fail(RunStatus.INTERRUPTED, "the run was asked to stop", outputs, log);
    } catch (RuntimeException | IOException e) {
      failure = Failures.of(e);
      log.failure(e);
      fail(RunStatus.FAILED, failure.getMessage(), outputs, log);
    }
    if (published) {
      finish(log);
    }
    log.line(record.status() + (record.failure().isEmpty() ? "" : ": " + record.failure()));
    return new RunOutcome(record, failure);
  }

  /**
   * Ends without a result: outputs are as they were before, streams stay. A record that cannot be written must not hide
   * why.
   */
  private void fail(RunStatus status, String failure, Outputs outputs, RunLog log) {
    outputs.discard(log);
    end(status, failure, log);
  }

  /** Ends with the result published; not even a record that cannot be written makes that undone. */
  private void finish(RunLog log) {
    boolean written = end(RunStatus.DONE, "", log);
    deleteStreams();
    if (!written && !end(RunStatus.DONE, "", log)) {
      String message = "the result is published, but the record of this run cannot be written in " + directory;
      String hint = "free space there; until it is cleaned, the run is listed as dead";
      observer.warned(Problem.warning("SB-5012", Place.none(), message, hint));
    }
  }

  private void publish(Outputs outputs, RunLog log) throws IOException {
    outputs.refuseEmpty();
    outputs.seal();
    for (OutputSpec output : job.spec().outputs().values()) {
      OutputFigures figures = outputs.publish(output, log);
      List<OutputFigures> all = new ArrayList<>(record.outputs());
      all.add(figures);
      record = with(record.stages(), record.steps(), all, record.checks());
      observer.published(figures);
    }
    for (Path file : outputs.stdoutFiles()) {
      observer.rowsForStandardOutput(file);
      Files.delete(file);
    }
  }

  private StreamSpec checkpoints() {
    String name = job.spec().name() + "-checkpoint-" + runId;
    return new StreamSpec(name, StreamSpec.Kind.CHECKPOINT, CheckpointFact.SCHEMA, 1);
  }

  /** Deletes what earlier runs of the job have left, but for the newest ones that {@code keep-runs} keeps. */
  private void purge(RunLog log) {
    List<RunRecord> earlier = earlierRuns();
    Cleaner cleaner = new Cleaner(state, false);
    earlier.forEach(r -> cleaner.putBack(r.runId()));
    earlier.stream().skip(job.spec().run().keepRuns()).forEach(r -> cleaner.run(r.runId()));
    report(cleaner.receipt(), log);
  }

  private void report(Receipt receipt, RunLog log) {
    receipt.items().forEach(i -> log.line("deleted " + i.kind() + " " + i.name() + ", " + i.bytes() + " bytes"));
    receipt.failures().forEach(f -> log.line("could not delete " + f));
    if (!receipt.items().isEmpty() || !receipt.failures().isEmpty()) {
      observer.purged(receipt);
    }
  }

  private List<RunRecord> earlierRuns() {
    return new RunRegistry(state).runs(job.spec().name()).stream().filter(r -> !r.runId().equals(runId)).toList();
  }

  private void execute(Outputs outputs, RunLog log) throws IOException {
    outputs.create();
    try (LogStreams streams = new LogStreams(state.streams(runId))) {
      for (PlannedStream stream : job.plan().streams()) {
        streams.create(stream.spec());
      }
      streams.create(checkpoints());
      ContainerSettings sizes = settings.containers(job.spec().run(), false);
      Containers containers = new Containers(job.plan(), streams, checkpoints(), outputs, runState, sizes);
      runContainers(containers);
      RunProgress progress = progress(containers);
      outputs.finished(containers.committedParts(), progress);
      record = with(stages(progress), progress.steps(), record.outputs(), record.checks());
      judge(streams, log);
    }
  }

  private RunProgress progress(Containers containers) {
    return new RunProgress(job.plan(), JobPreparation.planned(job.inputs()), containers.counts());
  }

  private void runContainers(Containers containers) {
    observer.started(job, progress(containers));
    try {
      containers.run();
    } catch (InterruptedException e) {
      runState.stop();
      Thread.currentThread().interrupt();
    } finally {
      observer.ended();
    }
    if (runState.failure() != null) {
      throw Failures.of(runState.failure());
    }
    if (runState.stopping()) {
      throw new Interrupted();
    }
  }

  private List<StageFigures> stages(RunProgress progress) {
    List<StageFigures> stages = new ArrayList<>();
    for (Stage stage : job.plan().stages()) {
      stages.add(new StageFigures(stage.name(), stage.tasks().size(), progress.streamRows(stage)));
    }
    return stages;
  }

  private void judge(LogStreams streams, RunLog log) throws IOException {
    List<CheckFigures> checks = new CheckStreams(job, streams).judged();
    record = with(record.stages(), record.steps(), record.outputs(), checks);
    if (!checks.isEmpty()) {
      observer.checked(checks);
    }
    checks.forEach(c -> log.line("check " + c.name() + " " + c.verdict() + ": " + c.found()));
    List<String> failed = checks.stream().filter(c -> c.verdict().equals("failed")).map(CheckFigures::name).toList();
    if (!failed.isEmpty()) {
      throw new ChecksFailed("checks failed: " + String.join(", ", failed));
    }
  }

  /** After a published result nobody needs the streams any more, neither this run's nor those of earlier ones. */
  private void deleteStreams() {
    Cleaner own = new Cleaner(state, false);
    own.streams(runId);
    observer.cleaned(own.receipt());
    Cleaner others = new Cleaner(state, false);
    earlierRuns().forEach(r -> others.streams(r.runId()));
    if (!others.receipt().items().isEmpty()) {
      observer.purged(others.receipt());
    }
  }

  /** Notes how the run ended, and gives whether that could be written down. */
  private boolean end(RunStatus status, String failure, RunLog log) {
    record =
        new RunRecord(
            record.runId(), record.job(), record.jobFile(), status, record.started(), Instant.now(), job.plan().hash(),
            failure, record.stages(), record.steps(), record.outputs(), record.checks());
    try {
      record.write(directory);
      return true;
    } catch (IOException e) {
      log.failure(e);
      return false;
    }
  }

  private RunRecord with(
      List<StageFigures> stages,
      List<RunRecord.StepFigures> steps,
      List<OutputFigures> outputs,
      List<CheckFigures> checks) {
    return new RunRecord(
        record.runId(), record.job(), record.jobFile(), record.status(), record.started(), record.ended(),
        job.plan().hash(), record.failure(), stages, steps, outputs, checks);
  }

  /** The job's own checks do not hold. */
  private static final class ChecksFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChecksFailed(String message) {
      super(message, null, false, false);
    }
  }

  /** The run was asked to stop. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Interrupted() {
      super("interrupted", null, false, false);
    }
  }
}
