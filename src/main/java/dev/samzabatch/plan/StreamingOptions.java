package dev.samzabatch.plan;

import dev.samzabatch.data.Place;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.OutputSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the job file says that matters only to relations without end.
 *
 * @param emitEvery by step, how often a grouping without windows tells its results
 * @param outputKeys by output, the columns that are the key of its records; those without a key are not there
 * @param places where steps, inputs, outputs and checks are declared
 */
public record StreamingOptions(
    Map<String, Duration> emitEvery, Map<String, List<String>> outputKeys, Map<String, Place> places) {

  /** For a job in which everything ends. */
  public static final StreamingOptions NONE = new StreamingOptions(Map.of(), Map.of(), Map.of());

  /** What a job says. */
  public static StreamingOptions of(JobSpec job) {
    Map<String, Duration> emitEvery = new LinkedHashMap<>();
    Map<String, List<String>> outputKeys = new LinkedHashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    job.outputs().forEach((name, output) -> {
      places.put(name, output.place());
      List<String> key = key(output);
      if (!key.isEmpty()) {
        outputKeys.put(name, key);
      }
    });
    job.checks().forEach((name, check) -> places.put(name, check.place()));
    job.inputs().forEach((name, input) -> places.put(name, input.place()));
    job.steps().forEach((name, step) -> {
      places.put(name, step.place());
      step.time().emitEvery().ifPresent(every -> emitEvery.put(name, every));
    });
    return new StreamingOptions(emitEvery, outputKeys, places);
  }

  private static List<String> key(OutputSpec output) {
    return output.topic().map(topic -> topic.record().key()).orElse(List.of());
  }

  /** Where something is declared. */
  Place place(String name) {
    return places.getOrDefault(name, Place.none());
  }
}
