package dev.samzabatch.run;

import dev.samzabatch.data.Place;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.job.SystemSpec;
import dev.samzabatch.system.file.OutputTarget;
import dev.samzabatch.system.file.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a run creates, written before any of it is created, and what it takes to go on with it. What a
 * manifest names can be deleted exactly; what no manifest names is never touched.
 *
 * <pre>
 * { "version": 3, "run.id": "...", "job": "...",
 *   "host": "...",                                    where what lies in directories of this run was made
 *   "state.version": 1,                               of streams, changelogs, checkpoints and staged files
 *   "streams": [ "name", ... ],                       within the run's own directory
 *   "buses": { "system": { see RecordedBus }, ... },  topics and groups on Kafka
 *   "stores": "stores",                               the same for databases, which can be made again
 *   "outputs": { "name": { "target": "/abs", "mode": "REPLACE", "single.file": false,
 *                          "staging": "/abs", "aside": "/abs" }, ... },
 *   "request": { see RecordedRequest }, "sizes": { see PlanSizes }, "found": { see RecordedJob } }
 * </pre>
 *
 * @param runId the run
 * @param job its job
 * @param host where it began
 * @param stateVersion version of what it leaves for a resume
 * @param streams full names of its internal streams
 * @param buses what it makes on Kafka, by system
 * @param stores directory of its databases within its own
 * @param outputs where it stages what for which target, by output
 * @param request what was asked for, as {@link RecordedRequest} reads it
 * @param sizes what it was planned with
 * @param found what it found when it began
 */
record Manifest(
    String runId,
    String job,
    String host,
    int stateVersion,
    List<String> streams,
    Map<String, RecordedBus> buses,
    String stores,
    Map<String, StagingPlan> outputs,
    Map<?, ?> request,
    PlanSizes sizes,
    RecordedJob found) {

  /** To be raised with every change of what lies in streams, changelogs, checkpoints or staged files. */
  static final int STATE_VERSION = 2;

  private static final int VERSION = 3;
  static final String FILE = "manifest.json";

  /**
   * The same manifest for a request that has taken the place of the one that began the run.
   *
   * @param systems how its job reaches them by now
   */
  Manifest with(Map<?, ?> now, Map<String, SystemSpec> systems) {
    Map<String, RecordedBus> reached = new LinkedHashMap<>(buses);
    reached.replaceAll((name, bus) -> Optional.ofNullable(systems.get(name)).flatMap(SystemSpec::kafka).map(bus::on)
        .orElse(bus));
    return new Manifest(runId, job, host, stateVersion, streams, reached, stores, outputs, now, sizes, found);
  }

  void write(StateDirectory state) throws IOException {
    Map<String, Object> staging = new LinkedHashMap<>();
    outputs.forEach((name, plan) -> staging.put(name, output(plan)));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("version", VERSION);
    object.put("run.id", runId);
    object.put("job", job);
    object.put("host", host);
    object.put("state.version", stateVersion);
    object.put("streams", streams);
    Map<String, Object> byBus = new LinkedHashMap<>();
    buses.forEach((name, bus) -> byBus.put(name, bus.toMap()));
    object.put("buses", byBus);
    object.put("stores", stores);
    object.put("outputs", staging);
    object.put("request", request);
    object.put("sizes", sizes.toMap());
    object.put("found", found.toMap());
    state.save(runId, FILE, object);
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
    try {
      Manifest manifest = of(object);
      manifest.refuseForeign(file, runDirectory);
      return manifest;
    } catch (RuntimeException e) {
      throw new IOException(file + ": damaged: " + e.getMessage(), e);
    }
  }

  private static Manifest of(Map<String, Object> object) {
    String runId = String.valueOf(object.get("run.id"));
    List<String> streams = new ArrayList<>();
    ((List<?>) object.get("streams")).forEach(s -> streams.add(s.toString()));
    Map<String, RecordedBus> buses = new LinkedHashMap<>();
    ((Map<?, ?>) object.get("buses"))
        .forEach((name, bus) -> buses.put(name.toString(), RecordedBus.of((Map<?, ?>) bus)));
    Map<String, StagingPlan> outputs = new LinkedHashMap<>();
    ((Map<?, ?>) object.get("outputs")).forEach((name, o) -> outputs.put(name.toString(), plan(runId, (Map<?, ?>) o)));
    return new Manifest(
        runId,
        String.valueOf(object.get("job")),
        String.valueOf(object.get("host")),
        ((Number) object.get("state.version")).intValue(),
        streams,
        buses,
        object.get("stores").toString(),
        outputs,
        (Map<?, ?>) object.get("request"),
        PlanSizes.of((Map<?, ?>) object.get("sizes")),
        RecordedJob.of((Map<?, ?>) object.get("found")));
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

  /** Whatever this program makes for a run lies in the run's directory, or has the run.id at the end of its name. */
  private void refuseForeign(Path file, Path runDirectory) throws IOException {
    List<Path> paths = new ArrayList<>();
    outputs.values().forEach(o -> paths.addAll(List.of(o.staging(), o.aside())));
    for (Path path : paths) {
      if (!path.isAbsolute() || !path.normalize().equals(path) || !path.getFileName().toString().endsWith(runId)) {
        throw foreign(file, path.toString());
      }
    }
    List<String> names = new ArrayList<>(streams);
    buses.values().forEach(b -> names.addAll(b.topics()));
    buses.values().forEach(b -> names.addAll(b.groups()));
    for (String stream : names) {
      if (!stream.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || !stream.endsWith(runId)) {
        throw foreign(file, "stream " + stream);
      }
    }
    if (!runDirectory.getFileName().toString().equals(runId) || !stores.matches("[a-z]+")) {
      throw foreign(file, "the directory " + stores);
    }
  }

  private IOException foreign(Path file, String what) {
    return new IOException(file + ": " + what + " cannot be of run " + runId + "; nothing was deleted");
  }
}
