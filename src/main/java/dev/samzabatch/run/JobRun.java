package dev.samzabatch.run;

import dev.samzabatch.container.Containers;
import dev.samzabatch.container.RunState;
import dev.samzabatch.container.RunStreams;
import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.RunSpec;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.run.RunRecord.CheckFigures;
import dev.samzabatch.run.RunRecord.StageFigures;
import dev.samzabatch.state.LocalStores;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a prepared job, under the lock of the job, from manifest to record:
 *
 * <pre>
 * run     manifest -> purge of earlier runs -+
 *                                            +-> streams -> containers -> checks -> journal -> {@link Publishing}
 * resume  what was left is taken over -------+
 * </pre>
 *
 * <p>
 * Dying anywhere before the journal is written publishes nothing, and the manifest says how to go on or what to delete;
 * dying behind it leaves a publication that whoever comes next finishes. Used by one thread, but for the
 * {@link RunState}.
 */
final class JobRun {

  private final PreparedJob job;
  private final StateDirectory state;
  private final RunSettings settings;
  private final RunObserver observer;
  private final RunState runState;
  private final Path directory;
  private final String runId;

  JobRun(PreparedJob job, StateDirectory state, RunSettings settings, RunObserver observer, RunState runState) {
    this.job = job;
    this.state = state;
    this.settings = settings;
    this.observer = observer;
    this.runState = runState;
    this.runId = job.plan().runId();
    this.directory = state.runDirectory(runId);
  }

  /**
   * Runs the job from its beginning to its end.
   *
   * @return the record, which is on disk as well; a failure is in it
   * @throws UserException when the state directory or an output cannot be used at all; nothing is left behind then
   */
  RunOutcome run() {
    Outputs outputs = new Outputs(job, state, settings, runId);
    outputs.refuseOccupied();
    outputs.warnings().forEach(observer::warned);
    RunRecord record = begin(outputs);
    try (RunLog log = new RunLog(directory)) {
      log.line("run " + runId + " of job " + job.spec().name() + ", plan " + job.plan().hash());
      RunBook book = new RunBook(directory, record, log);
      purge(log);
      return run(outputs, book);
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  /**
   * Goes on with a run whose process is dead, from what it has left.
   *
   * @param former its record
   * @throws UserException when the state directory or an output cannot be used; what was left is as it was then
   */
  RunOutcome resume(RunRecord former, Manifest manifest) {
    Outputs outputs = new Outputs(job, state, settings, manifest.outputs());
    outputs.refuseOccupied();
    RunRecord record = former.resumed().withPlan(job.plan().hash());
    try (RunLog log = new RunLog(directory)) {
      record.write(directory);
      log.line("run " + runId + " is resumed, the " + record.recovery().resumes() + ". time");
      return run(outputs, new RunBook(directory, record, log));
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  private RunRecord begin(Outputs outputs) {
    RunRecord record = RunRecord.started(runId, job.spec().name(), job.request().file().toAbsolutePath(), Instant.now())
        .withPlan(job.plan().hash());
    Manifest manifest = new Manifest(runId, job.spec().name(), Manifest.STATE_VERSION,
        new StreamPlan(job.plan()).names(), StateDirectory.STORES, outputs.staging(),
        RecordedRequest.toMap(job.request()), job.sizes(), RecordedJob.of(job));
    state.create(directory);
    try {
      record.write(directory);
      manifest.write(directory);
      FaultPoint.MANIFEST_WRITTEN.reach();
      return record;
    } catch (IOException e) {
      new Cleaner(state, false).run(runId);
      throw state.unusable(e);
    }
  }

  private RunOutcome run(Outputs outputs, RunBook book) {
    UserException failure = null;
    try {
      execute(outputs, book);
      outputs.refuseEmpty();
      outputs.seal();
      book.save();
      PublishJournal journal = outputs.journal();
      journal.write(directory);
      publish(journal, book);
    } catch (ChecksFailed e) {
      end(RunStatus.CHECKS_FAILED, e.getMessage(), false, outputs, book);
    } catch (Interrupted e) {
      end(RunStatus.INTERRUPTED, "the run was asked to stop", true, outputs, book);
    } catch (RuntimeException | IOException e) {
      failure = Failures.of(e);
      book.log().failure(e);
      boolean mayHelp = failure.kind() != ErrorKind.USER || PublishJournal.exists(runId, state);
      end(RunStatus.FAILED, failure.getMessage(), mayHelp, outputs, book);
    }
    RunRecord record = book.record();
    book.log().line(record.status() + (record.failure().isEmpty() ? "" : ": " + record.failure()));
    return new RunOutcome(record, failure);
  }

  private void publish(PublishJournal journal, RunBook book) throws IOException {
    Publishing publishing = new Publishing(state, observer, book);
    publishing.publish(journal);
    publishing.handOverRows(journal);
    publishing.finish();
  }

  /** Ends without a result, or not yet with one. What a resume cannot use is not kept but for people to look at. */
  private void end(RunStatus status, String failure, boolean resumable, Outputs outputs, RunBook book) {
    if (!resumable) {
      outputs.discard(book.log());
    }
    book.end(status, failure, resumable);
  }

  /** Deletes what earlier runs of the job have left, but for the newest ones that {@code keep-runs} keeps. */
  private void purge(RunLog log) {
    List<RunRecord> earlier = otherRuns();
    Cleaner cleaner = new Cleaner(state, false);
    earlier.forEach(r -> cleaner.putBack(r.runId()));
    earlier.stream().skip(job.spec().run().keepRuns()).forEach(r -> cleaner.run(r.runId()));
    Receipt receipt = cleaner.receipt();
    receipt.items().forEach(i -> log.line("deleted " + i.kind() + " " + i.name() + ", " + i.bytes() + " bytes"));
    receipt.failures().forEach(f -> log.line("could not delete " + f));
    if (!receipt.items().isEmpty() || !receipt.failures().isEmpty()) {
      observer.purged(receipt);
    }
  }

  private List<RunRecord> otherRuns() {
    return new RunRegistry(state).runs(job.spec().name()).stream().filter(r -> !r.runId().equals(runId)).toList();
  }

  private void execute(Outputs outputs, RunBook book) throws IOException {
    outputs.create();
    StreamPlan plan = new StreamPlan(job.plan());
    RunSpec run = job.spec().run();
    try (LogStreams log =
        new LogStreams(state.streams(runId), settings.writerBytes(run), settings.segmentBytes());
        LocalStores stores = new LocalStores(state.stores(runId), settings.storeBytes(run))) {
      plan.create(log);
      RunStreams streams = new RunStreams(log, plan.checkpoints(), stores);
      Containers containers =
          new Containers(job.plan(), streams, outputs, runState, settings.containers(job.spec(), false));
      if (book.record().recovery().resumes() > 0) {
        observer.resumed(job, Takeover.of(job.plan(), containers.recover()));
      }
      runContainers(containers, book);
      RunProgress progress = progress(containers);
      outputs.finished(containers.committedParts(), progress);
      book.note(r -> r.withWork(stages(progress), progress.steps()));
      judge(log, book);
    }
  }

  private RunProgress progress(Containers containers) {
    return new RunProgress(job.plan(), JobPreparation.planned(job.inputs()), containers.counts());
  }

  private void runContainers(Containers containers, RunBook book) {
    RunProgress progress = progress(containers);
    observer.started(job, progress);
    Watchdog watchdog = new Stall(job.spec().run().recovery(), directory, runState, observer, book.log())
        .watch(containers, progress);
    try {
      containers.run();
    } catch (InterruptedException e) {
      runState.stop();
      Thread.currentThread().interrupt();
    } finally {
      watchdog.close();
      observer.ended();
      note(containers, book);
    }
    if (runState.failure() != null) {
      throw Failures.of(runState.failure());
    }
    if (runState.stopping()) {
      throw new Interrupted();
    }
  }

  private static void note(Containers containers, RunBook book) {
    RunRecord.Recovery before = book.record().recovery();
    containers.restarts().forEach(r -> book.log().line("restarted " + r));
    book.note(r -> r.withRecovery(new RunRecord.Recovery(before.commits() + containers.commits(),
        before.restarts() + containers.restarts().size(), before.resumes(), before.resumable())));
  }

  private List<StageFigures> stages(RunProgress progress) {
    List<StageFigures> stages = new ArrayList<>();
    for (Stage stage : job.plan().stages()) {
      stages.add(new StageFigures(stage.name(), stage.tasks().size(), progress.streamRows(stage)));
    }
    return stages;
  }

  private void judge(LogStreams streams, RunBook book) throws IOException {
    List<CheckFigures> checks = new CheckStreams(job, streams).judged();
    book.note(r -> r.withChecks(checks));
    if (!checks.isEmpty()) {
      observer.checked(checks);
    }
    checks.forEach(c -> book.log().line("check " + c.name() + " " + c.verdict() + ": " + c.found()));
    List<String> failed = checks.stream().filter(c -> c.verdict().equals("failed")).map(CheckFigures::name).toList();
    if (!failed.isEmpty()) {
      throw new ChecksFailed("checks failed: " + String.join(", ", failed));
    }
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
