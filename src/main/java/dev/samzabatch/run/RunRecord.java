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
 * What is known of a run, on disk as a JSON object with {@code version} 1 and the components below; readable at any
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
    List<CheckFigures> checks) {

  private static final int VERSION = 1;
  private static final String FILE = "run.json";

  /** Figures of a stage: tasks that ran, and the full names of the streams it wrote with their rows. */
  public record StageFigures(String name, int tasks, Map<String, Long> streams) {}

  /**
   * Rows of a step or input. {@code read} is what came in (for an input: from its files), {@code given} what went on.
   */
  public record StepFigures(String name, long read, long given) {}

  /**
   * What an output became; {@code outcome} is {@code published}, {@code kept} or {@code written} (to standard output).
   */
  public record OutputFigures(String name, String target, String outcome, long rows, long bytes, int files) {}

  /** How a check went; {@code verdict} is {@code held}, {@code failed} or {@code warned}. */
  public record CheckFigures(String name, String verdict, String found) {}

  /** The record of a run that has just started. */
  static RunRecord started(String runId, String job, Path jobFile, Instant now) {
    return new RunRecord(
        runId, job, jobFile.toString(), RunStatus.RUNNING, now, null, "", "", List.of(), List.of(), List.of(),
        List.of());
  }

  /** The same run with another status. */
  RunRecord with(RunStatus newStatus) {
    return new RunRecord(
        runId, job, jobFile, newStatus, started, ended, planHash, failure, stages, steps, outputs, checks);
  }

  /** How long it ran, or has run until {@code now}. */
  public Duration duration(Instant now) {
    return Duration.between(started, ended == null ? now : ended);
  }

  void write(Path runDirectory) throws IOException {
    JsonFile.write(runDirectory.resolve(FILE), toMap());
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
    object.put(
        "outputs",
        outputs.stream()
            .map(
                o -> object(
                    "name", o.name(), "target", o.target(), "outcome", o.outcome(), "rows", o.rows(), "bytes",
                    o.bytes(), "files", o.files()))
            .toList());
    object.put(
        "checks",
        checks.stream().map(c -> object("name", c.name(), "verdict", c.verdict(), "found", c.found())).toList());
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
        objects(object, "outputs").stream().map(RunRecord::output).toList(),
        objects(object, "checks").stream()
            .map(c -> new CheckFigures(text(c, "name"), text(c, "verdict"), text(c, "found")))
            .toList());
  }

  private static StageFigures stage(Map<String, Object> object) {
    Map<String, Long> streams = new LinkedHashMap<>();
    ((Map<?, ?>) object.get("streams")).forEach((k, v) -> streams.put(k.toString(), ((Number) v).longValue()));
    return new StageFigures(text(object, "name"), (int) number(object, "tasks"), streams);
  }

  private static OutputFigures output(Map<String, Object> o) {
    return new OutputFigures(
        text(o, "name"),
        text(o, "target"),
        text(o, "outcome"),
        number(o, "rows"),
        number(o, "bytes"),
        (int) number(o, "files"));
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
