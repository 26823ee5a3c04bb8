package dev.samzabatch.run;

import dev.samzabatch.container.Containers;
import dev.samzabatch.container.RunState;
import dev.samzabatch.container.RunStreams;
import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Mode;
import dev.samzabatch.job.RunSpec;
import dev.samzabatch.job.SystemSpec;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.run.RunRecord.CheckFigures;
import dev.samzabatch.run.RunRecord.StageFigures;
import dev.samzabatch.state.LocalStores;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.InternalStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final JobLock lock;
  private final Path directory;
  private final String runId;
  private final BusCleaning cleaning;

  JobRun(PreparedJob job, StateDirectory state, RunSettings settings, RunObserver observer, RunState runState,
      JobLock lock) {
    this.job = job;
    this.state = state;
    this.settings = settings;
    this.observer = observer;
    this.runState = runState;
    this.lock = lock;
    runState.claim(lock::requireHeld);
    this.runId = job.plan().runId();
    this.directory = state.runDirectory(runId);
    this.cleaning = new BusCleaning(job.spec().systems(), job.request().overrides().environment());
  }

  /**
   * Runs the job from its beginning to its end.
   *
   * @return the record, which is on disk as well; a failure is in it
   * @throws UserException when the state directory or an output cannot be used at all; nothing is left behind then
   */
  RunOutcome run() {
    try (Outputs outputs = new Outputs(job, state, settings, runId)) {
      outputs.refuseOccupied();
      outputs.warnings().forEach(observer::warned);
      return run(outputs, begin(outputs));
    }
  }

  private RunOutcome run(Outputs outputs, RunRecord record) {
    try (RunLog log = new RunLog(directory)) {
      log.line("run " + runId + " of job " + job.spec().name() + ", plan " + job.plan().hash());
      RunBook book = new RunBook(state, record, log);
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
    try (Outputs outputs = new Outputs(job, state, settings, manifest.outputs())) {
      outputs.refuseOccupied();
      return resume(outputs, former);
    }
  }

  private RunOutcome resume(Outputs outputs, RunRecord former) {
    RunRecord record = former.resumed().withPlan(job.plan().hash());
    try (RunLog log = new RunLog(directory)) {
      record.write(state);
      log.line("run " + runId + " is resumed, the " + record.recovery().resumes() + ". time");
      return run(outputs, new RunBook(state, record, log));
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  private RunRecord begin(Outputs outputs) {
    RunRecord record = RunRecord.started(runId, job.spec().name(), job.request().file().toAbsolutePath(), Instant.now())
        .withPlan(job.plan().hash());
    Manifest manifest = new Manifest(runId, job.spec().name(), HostName.own(), Manifest.STATE_VERSION,
        new StreamPlan(job.plan()).names(), buses(), StateDirectory.STORES, outputs.staging(),
        RecordedRequest.toMap(job.request()), job.sizes(), RecordedJob.of(job));
    state.create(directory);
    try {
      state.share(runId);
      record.write(state);
      manifest.write(state);
      FaultPoint.MANIFEST_WRITTEN.reach();
      return record;
    } catch (IOException e) {
      new Cleaner(state, cleaning).run(runId);
      throw state.unusable(e);
    }
  }

  /** What the run makes on Kafka. */
  private Map<String, RecordedBus> buses() {
    JobSpec spec = job.spec();
    StreamPlan plan = new StreamPlan(job.plan());
    Map<String, RecordedBus> buses = new LinkedHashMap<>();
    for (SystemSpec system : spec.systems().values()) {
      boolean commits = StreamSystems.commitsOn(spec).equals(Optional.of(system.name()));
      boolean streams = spec.run().streamsOn().system().equals(Optional.of(system.name()));
      List<String> topics =
          streams ? plan.names() : commits ? List.of(plan.checkpoints().name()) : List.of();
      boolean publishes = job.plan().staged().keySet().stream()
          .anyMatch(o -> spec.outputs().get(o).location().system().equals(system.name()));
      List<String> groups = publishes ? List.of(TopicPublishing.proof(spec.name(), system.name(), runId)) : List.of();
      if (!topics.isEmpty() || !groups.isEmpty()) {
        buses.put(system.name(), new RecordedBus(system.kafka().orElseThrow(), topics, groups));
      }
    }
    return buses;
  }

  private RunOutcome run(Outputs outputs, RunBook book) {
    UserException failure = null;
    try {
      publish(execute(outputs, book), book);
    } catch (ChecksFailed e) {
      end(RunStatus.CHECKS_FAILED, e.getMessage(), false, outputs, book);
    } catch (Interrupted e) {
      end(RunStatus.INTERRUPTED, "the run was asked to stop", true, outputs, book);
    } catch (RuntimeException | IOException e) {
      failure = lock.behind(Failures.of(e));
      book.log().failure(e);
      boolean mayHelp = failure.kind() != ErrorKind.USER || job.spec().mode() == Mode.STREAMING
          || PublishJournal.exists(runId, state);
      end(RunStatus.FAILED, failure.getMessage(), mayHelp, outputs, book);
    }
    RunRecord record = book.record();
    book.log().line(record.status() + (record.failure().isEmpty() ? "" : ": " + record.failure()));
    return new RunOutcome(record, failure);
  }

  private void publish(PublishJournal journal, RunBook book) throws IOException {
    Publishing publishing = new Publishing(state, observer, book, cleaning);
    publishing.publish(journal, job);
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
    Cleaner cleaner = new Cleaner(state, cleaning);
    earlier.forEach(r -> cleaner.putBack(r.runId()));
    earlier.stream().skip(job.spec().run().keepRuns()).forEach(r -> cleaner.run(r.runId()));
    if (job.spec().mode() == Mode.STREAMING) {
      // It may never come to the end where the others delete what earlier runs have left.
      earlier.stream().limit(job.spec().run().keepRuns()).forEach(r -> cleaner.purgeStreams(r.runId()));
    }
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

  /** Runs the containers, judges the result, and says how it is to be published. */
  private PublishJournal execute(Outputs outputs, RunBook book) throws IOException {
    outputs.create();
    RunSpec run = job.spec().run();
    try (StreamSystems systems = outputs.openStreams();
        LocalStores stores = new LocalStores(state.stores(runId), settings.storeBytes(run))) {
      RunStreams streams = systems.create(stores);
      Containers containers =
          new Containers(job.plan(), streams, outputs, runState, settings.containers(job.spec(), false));
      if (book.record().recovery().resumes() > 0) {
        observer.resumed(job, Takeover.of(job.plan(), containers.recover()));
      }
      runContainers(containers, book);
      RunProgress progress = progress(containers);
      outputs.finished(containers.committedParts(), progress);
      book.note(r -> r.withWork(stages(progress), progress.steps()));
      judge(systems.rows(), book);
      return sealed(outputs, book);
    }
  }

  private PublishJournal sealed(Outputs outputs, RunBook book) throws IOException {
    outputs.refuseEmpty();
    outputs.seal();
    book.save();
    PublishJournal journal = outputs.journal();
    lock.requireHeld();
    journal.write(state);
    return journal;
  }

  private RunProgress progress(Containers containers) {
    return new RunProgress(job.plan(), JobPreparation.planned(job.inputs()), containers.counts());
  }

  private void runContainers(Containers containers, RunBook book) {
    RunProgress progress = progress(containers);
    observer.started(job, progress);
    Watchdog watchdog = new Stall(job.spec().run().recovery(), directory, runState, observer, book.log())
        .watch(containers, progress);
    DrainRequest drain = DrainRequest.watch(directory, runState);
    MetricsFile metrics = MetricsFile.start(directory, progress);
    try {
      containers.run();
    } catch (InterruptedException e) {
      runState.stop();
      Thread.currentThread().interrupt();
    } finally {
      drain.close();
      metrics.close();
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

  private void judge(InternalStreams streams, RunBook book) throws IOException {
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
