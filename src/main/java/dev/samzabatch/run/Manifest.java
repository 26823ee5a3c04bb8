package dev.samzabatch.run;

import dev.samzabatch.data.Place;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.system.file.OutputTarget;
import dev.samzabatch.system.file.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run creates, written before any of it is created. What it names can be deleted exactly; what no
 * manifest names is never touched.
 *
 * <pre>
 * { "version": 1, "run.id": "...", "job": "...",
 *   "streams": [ "name", ... ],                       within the run's own directory
 *   "outputs": [ { "target": "/abs", "mode": "REPLACE", "single.file": false,
 *                  "staging": "/abs", "aside": "/abs" }, ... ] }
 * </pre>
 *
 * @param runId the run
 * @param job its job
 * @param streams full names of its internal streams
 * @param outputs where it stages what for which target
 */
public record Manifest(String runId, String job, List<String> streams, List<StagingPlan> outputs) {

  private static final int VERSION = 1;
  private static final String FILE = "manifest.json";

  void write(Path runDirectory) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("version", VERSION);
    object.put("run.id", runId);
    object.put("job", job);
    object.put("streams", streams);
    object.put("outputs", outputs.stream().map(Manifest::output).toList());
    JsonFile.write(runDirectory.resolve(FILE), object);
  }

  private static Map<String, Object> output(StagingPlan plan) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("target", plan.target().path().toString());
    object.put("mode", plan.target().mode().name());
    object.put("single.file", plan.target().singleFile());
    object.put("staging", plan.staging().toString());
    object.put("aside", plan.aside().toString());
    return object;
  }

  static boolean exists(Path runDirectory) {
    return Files.exists(runDirectory.resolve(FILE));
  }

  /**
   * Reads the manifest of a run.
   *
   * @throws IOException when it is missing, damaged, of a version that this program does not know, or names anything
   * that cannot be this run's
   */
  static Manifest read(Path runDirectory) throws IOException {
    Path file = runDirectory.resolve(FILE);
    Map<String, Object> object = JsonFile.read(file);
    if (!Integer.valueOf(VERSION).equals(object.get("version"))) {
      throw new IOException(file + ": manifest version " + object.get("version") + ", expected " + VERSION);
    }
    String runId = String.valueOf(object.get("run.id"));
    List<String> streams = new ArrayList<>();
    List<StagingPlan> outputs = new ArrayList<>();
    try {
      ((List<?>) object.get("streams")).forEach(s -> streams.add(s.toString()));
      ((List<?>) object.get("outputs")).forEach(o -> outputs.add(plan(runId, (Map<?, ?>) o)));
    } catch (RuntimeException e) {
      throw new IOException(file + ": damaged: " + e.getMessage(), e);
    }
    Manifest manifest = new Manifest(runId, String.valueOf(object.get("job")), streams, outputs);
    manifest.refuseForeign(file);
    return manifest;
  }

  private static StagingPlan plan(String runId, Map<?, ?> object) {
    OutputTarget target =
        new OutputTarget(
            Path.of(object.get("target").toString()),
            OutputSpec.Mode.valueOf(object.get("mode").toString()),
            (Boolean) object.get("single.file"),
            Place.none());
    return new StagingPlan(
        target, runId, Path.of(object.get("staging").toString()), Path.of(object.get("aside").toString()));
  }

  /** Whatever this program makes for a run has the run.id at the end of its name. */
  private void refuseForeign(Path file) throws IOException {
    List<Path> paths = new ArrayList<>();
    outputs.forEach(o -> paths.addAll(List.of(o.staging(), o.aside())));
    for (Path path : paths) {
      if (!path.isAbsolute() || !path.normalize().equals(path) || !path.getFileName().toString().endsWith(runId)) {
        throw new IOException(file + ": " + path + " cannot be of run " + runId + "; nothing was deleted");
      }
    }
    for (String stream : streams) {
      if (!stream.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || !stream.endsWith(runId)) {
        throw new IOException(file + ": stream " + stream + " cannot be of run " + runId + "; nothing was deleted");
      }
    }
  }
}
