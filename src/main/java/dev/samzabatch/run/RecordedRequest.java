package dev.samzabatch.run;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Overrides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it stands in a manifest, so that the same can be asked for again, from any directory. Of the environment
 * only the variables that set keys of the job are in it; others that a job file names in {@code ${...}} may be secrets.
 */
final class RecordedRequest {

  private static final String OVERRIDES = "SAMZA_BATCH_";

  private RecordedRequest() {}

  static Map<String, Object> toMap(JobRequest request) {
    Overrides overrides = request.overrides();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("job.file", request.file().toAbsolutePath().normalize().toString());
    object.put("directory", request.directory().toString());
    object.put("overlays", overrides.overlays().stream().map(o -> o.toAbsolutePath().normalize().toString()).toList());
    object.put("sets", overrides.sets());
    object.put("params", new TreeMap<>(overrides.params()));
    object.put("environment", ofJob(overrides.environment()));
    object.put("user.config", overrides.userConfig().map(c -> c.toAbsolutePath().toString()).orElse(""));
    object.put("run.start", request.runStart().toString());
    return object;
  }

  private static Map<String, String> ofJob(Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().removeIf(name -> !name.startsWith(OVERRIDES));
    return variables;
  }

  /**
   * The request again.
   *
   * @param environment the variables of today; of those that set keys of the job the recorded ones count
   * @param sets {@code path=value}, laid over what was asked for then
   */
  static JobRequest of(Map<?, ?> object, String runId, Map<String, String> environment, List<String> sets) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().removeIf(name -> name.startsWith(OVERRIDES));
    variables.putAll(texts(object, "environment"));
    List<String> allSets = new ArrayList<>();
    ((List<?>) object.get("sets")).forEach(s -> allSets.add(s.toString()));
    allSets.addAll(sets);
    String config = object.get("user.config").toString();
    Overrides overrides = new Overrides(
        ((List<?>) object.get("overlays")).stream().map(o -> Path.of(o.toString())).toList(),
        allSets,
        texts(object, "params"),
        variables,
        config.isEmpty() ? Optional.empty() : Optional.of(Path.of(config)));
    return new JobRequest(
        Path.of(object.get("job.file").toString()), overrides, runId,
        ZonedDateTime.parse(object.get("run.start").toString()), Path.of(object.get("directory").toString()));
  }

  /** The job of a run as its file says today, if that is here and right. */
  static Optional<JobSpec> job(Manifest manifest, Map<String, String> environment) {
    JobRequest request = of(manifest.request(), manifest.runId(), environment, List.of());
    try {
      return Files.exists(request.file()) ? Optional.of(JobLoader.load(request)) : Optional.empty();
    } catch (UserException e) {
      // What a run has left can be deleted even when its job file is not right any more.
      return Optional.empty();
    }
  }

  private static Map<String, String> texts(Map<?, ?> object, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    ((Map<?, ?>) object.get(key)).forEach((name, value) -> texts.put(name.toString(), value.toString()));
    return texts;
  }
}
