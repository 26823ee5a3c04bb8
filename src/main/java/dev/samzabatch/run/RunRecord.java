package dev.samzabatch.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a run, on disk as a JSON object with {@code version} 2 and the components below; readable at any
 * time.
 *
 * @param runId the run
 * @param job its job
 * @param jobFile the job file, as an absolute path
 * @param status how it stands
 * @param started when it started
 * @param ended when it ended; null while it runs
 * @param planHash the plan's hash; empty before planning
 * @param failure why it failed; empty when it has not
 * @param stages what was run
 * @param steps rows of each step, in order
 * @param outputs what was published
 * @param checks what was checked
 * @param recovery what was done so that it may go on after failures
 */
public record RunRecord(
    String runId,
    String job,
    String jobFile,
    RunStatus status,
    Instant started,
    Instant ended,
    String planHash,
    String failure,
    List<StageFigures> stages,
    List<StepFigures> steps,
    List<OutputFigures> outputs,
    List<CheckFigures> checks,
    Recovery recovery) {

  private static final int VERSION = 2;
  static final String FILE = "run.json";

  /** Figures of a stage: tasks that ran, and the full names of the streams it wrote with their rows. */
  public record StageFigures(String name, int tasks, Map<String, Long> streams) {}

  /**
   * Rows of a step or input. {@code read} is what came in (for an input: from its files), {@code given} what went on.
   */
  public record StepFigures(String name, long read, long given) {}

  /**
   * What an output became; {@code outcome} is {@code published}, {@code kept} or {@code written} (to standard output).
   */
  public record OutputFigures(String name, String target, String outcome, long rows, long bytes, int files) {

    Map<String, Object> toMap() {
      return object(
          "name", name, "target", target, "outcome", outcome, "rows", rows, "bytes", bytes, "files", files);
    }

    static OutputFigures of(Map<String, Object> o) {
      return new OutputFigures(
          text(o, "name"),
          text(o, "target"),
          text(o, "outcome"),
          number(o, "rows"),
          number(o, "bytes"),
          (int) number(o, "files"));
    }
  }

  /** How a check went; {@code verdict} is {@code held}, {@code failed} or {@code warned}. */
  public record CheckFigures(String name, String verdict, String found) {}

  /**
   * What was done so that a run may go on after failures.
   *
   * @param commits how many checkpoints were written, those of processes that died not counted
   * @param restarts how often a container was started again after a failure
   * @param resumes how often the run was resumed
   * @param resumable whether what the run has left lets it be resumed
   */
  public record Recovery(long commits, int restarts, int resumes, boolean resumable) {

    /** Nothing was done, and nothing is left. */
    public static final Recovery NONE = new Recovery(0, 0, 0, false);

    Recovery resumable(boolean now) {
      return new Recovery(commits, restarts, resumes, now);
    }
  }

  /** The record of a run that has just started. */
  static RunRecord started(String runId, String job, Path jobFile, Instant now) {
    return new RunRecord(
        runId, job, jobFile.toString(), RunStatus.RUNNING, now, null, "", "", List.of(), List.of(), List.of(),
        List.of(), Recovery.NONE.resumable(true));
  }

  /** The same run with another status. */
  RunRecord with(RunStatus newStatus) {
    return new RunRecord(
        runId, job, jobFile, newStatus, started, ended, planHash, failure, stages, steps, outputs, checks, recovery);
  }

  /** The same run, ended. */
  RunRecord ended(RunStatus newStatus, String newFailure, Instant now) {
    return new RunRecord(
        runId, job, jobFile, newStatus, started, now, planHash, newFailure, stages, steps, outputs, checks, recovery);
  }

  /** The same run, gone on with. */
  RunRecord resumed() {
    Recovery again = new Recovery(recovery.commits(), recovery.restarts(), recovery.resumes() + 1, true);
    return new RunRecord(
        runId, job, jobFile, RunStatus.RUNNING, started, null, planHash, "", stages, steps, List.of(), checks, again);
  }

  /** The same run with the hash of its plan. */
  RunRecord withPlan(String hash) {
    return new RunRecord(
        runId, job, jobFile, status, started, ended, hash, failure, stages, steps, outputs, checks, recovery);
  }

  /** The same run with what its stages and steps have done. */
  RunRecord withWork(List<StageFigures> newStages, List<StepFigures> newSteps) {
    return new RunRecord(
        runId, job, jobFile, status, started, ended, planHash, failure, newStages, newSteps, outputs, checks, recovery);
  }

  /** The same run with what became of its outputs. */
  RunRecord withOutputs(List<OutputFigures> newOutputs) {
    return new RunRecord(
        runId, job, jobFile, status, started, ended, planHash, failure, stages, steps, newOutputs, checks, recovery);
  }

  /** The same run with what became of its checks. */
  RunRecord withChecks(List<CheckFigures> newChecks) {
    return new RunRecord(
        runId, job, jobFile, status, started, ended, planHash, failure, stages, steps, outputs, newChecks, recovery);
  }

  /** The same run with what was done so that it may go on. */
  RunRecord withRecovery(Recovery newRecovery) {
    return new RunRecord(
        runId, job, jobFile, status, started, ended, planHash, failure, stages, steps, outputs, checks, newRecovery);
  }

  /** Whether it has not published its result, and can be resumed. */
  public boolean isResumable() {
    return recovery.resumable() && status != RunStatus.DONE && status != RunStatus.RUNNING;
  }

  /** How long it ran, or has run until {@code now}. */
  public Duration duration(Instant now) {
    return Duration.between(started, ended == null ? now : ended);
  }

  void write(StateDirectory state) throws IOException {
    state.save(runId, FILE, toMap());
  }

  static boolean exists(Path runDirectory) {
    return runDirectory.resolve(FILE).toFile().exists();
  }

  /** The record as a JSON object. */
  public Map<String, Object> toMap() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("version", VERSION);
    object.put("run.id", runId);
    object.put("job", job);
    object.put("job.file", jobFile);
    object.put("status", status.name());
    object.put("started", started.toString());
    object.put("ended", ended == null ? null : ended.toString());
    object.put("plan.hash", planHash);
    object.put("failure", failure);
    object.put("stages",
        stages.stream().map(s -> object("name", s.name(), "tasks", s.tasks(), "streams", s.streams())).toList());
    object.put("steps",
        steps.stream().map(s -> object("name", s.name(), "read", s.read(), "given", s.given())).toList());
    object.put("outputs", outputs.stream().map(OutputFigures::toMap).toList());
    object.put(
        "checks",
        checks.stream().map(c -> object("name", c.name(), "verdict", c.verdict(), "found", c.found())).toList());
    object.put("commits", recovery.commits());
    object.put("restarts", recovery.restarts());
    object.put("resumes", recovery.resumes());
    object.put("resumable", recovery.resumable());
    return object;
  }

  private static Map<String, Object> object(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }

  /**
   * Reads the record of a run.
   *
   * @throws IOException when it is missing, damaged or of a version that this program does not know
   */
  static RunRecord read(Path runDirectory) throws IOException {
    Path file = runDirectory.resolve(FILE);
    Map<String, Object> object = JsonFile.read(file);
    if (!Integer.valueOf(VERSION).equals(object.get("version"))) {
      throw new IOException(file + ": record version " + object.get("version") + ", expected " + VERSION);
    }
    try {
      return of(object);
    } catch (RuntimeException e) {
      throw new IOException(file + ": damaged: " + e.getMessage(), e);
    }
  }

  private static RunRecord of(Map<String, Object> object) {
    Object ended = object.get("ended");
    return new RunRecord(
        text(object, "run.id"),
        text(object, "job"),
        text(object, "job.file"),
        RunStatus.valueOf(text(object, "status")),
        Instant.parse(text(object, "started")),
        ended == null ? null : Instant.parse(ended.toString()),
        text(object, "plan.hash"),
        text(object, "failure"),
        objects(object, "stages").stream().map(RunRecord::stage).toList(),
        objects(object, "steps").stream()
            .map(s -> new StepFigures(text(s, "name"), number(s, "read"), number(s, "given")))
            .toList(),
        objects(object, "outputs").stream().map(OutputFigures::of).toList(),
        objects(object, "checks").stream()
            .map(c -> new CheckFigures(text(c, "name"), text(c, "verdict"), text(c, "found")))
            .toList(),
        new Recovery(
            number(object, "commits"),
            (int) number(object, "restarts"),
            (int) number(object, "resumes"),
            (Boolean) object.get("resumable")));
  }

  private static StageFigures stage(Map<String, Object> object) {
    Map<String, Long> streams = new LinkedHashMap<>();
    ((Map<?, ?>) object.get("streams")).forEach((k, v) -> streams.put(k.toString(), ((Number) v).longValue()));
    return new StageFigures(text(object, "name"), (int) number(object, "tasks"), streams);
  }

  private static String text(Map<String, Object> object, String key) {
    return String.valueOf(object.getOrDefault(key, ""));
  }

  private static long number(Map<String, Object> object, String key) {
    return ((Number) object.get(key)).longValue();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects(Map<String, Object> object, String key) {
    List<Map<String, Object>> objects = new ArrayList<>();
    ((List<?>) object.get(key)).forEach(o -> objects.add((Map<String, Object>) o));
    return objects;
  }
}
