package dev.samzabatch.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is laid over a job file. Of two values for one key the one further up wins: {@code --set}, {@code -f} overlays
 * (the last first), environment variables, the job file, the user's own configuration, what is built in.
 *
 * @param overlays job files of {@code -f}; of two the right one wins
 * @param sets {@code path=value} of {@code --set}; of two for one path the right one wins. A value that starts with
 * <code>[</code>, <code>{</code> or a quote is HOCON, anything else is the text as it is; {@code null} removes the key
 * @param params {@code --param} names and values
 * @param environment environment variables: {@code SAMZA_BATCH_RUN__KEEP_RUNS} sets {@code run.keep-runs} (two
 * underscores are a dot, one is a dash, letters become small); {@code ${NAME}} in a job file finds them too
 * @param userConfig the user's own configuration; a file that does not exist is no error
 */
public record Overrides(List<Path> overlays, List<String> sets, Map<String, String> params,
    Map<String, String> environment, Optional<Path> userConfig) {

  /** Nothing laid over. */
  public static final Overrides NONE = new Overrides(List.of(), List.of(), Map.of(), Map.of(), Optional.empty());

  /** Copies. */
  public Overrides {
    overlays = List.copyOf(overlays);
    sets = List.copyOf(sets);
    params = Map.copyOf(params);
    environment = Map.copyOf(environment);
  }

  /** These with other overlays. */
  public Overrides withOverlays(List<Path> files) {
    return new Overrides(files, sets, params, environment, userConfig);
  }

  /** These with other {@code --set}s. */
  public Overrides withSets(List<String> pathsAndValues) {
    return new Overrides(overlays, pathsAndValues, params, environment, userConfig);
  }

  /** These with other {@code --param}s. */
  public Overrides withParams(Map<String, String> namesAndValues) {
    return new Overrides(overlays, sets, namesAndValues, environment, userConfig);
  }

  /** These with another environment. */
  public Overrides withEnvironment(Map<String, String> variables) {
    return new Overrides(overlays, sets, params, variables, userConfig);
  }

  /** These with a configuration of the user's own. */
  public Overrides withUserConfig(Path file) {
    return new Overrides(overlays, sets, params, environment, Optional.of(file));
  }
}
