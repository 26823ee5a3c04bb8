package dev.samzabatch.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Lays all layers over each other and replaces every {@code ${x}} by a value of the job or an environment variable. */
final class Substitutions {

  private final List<Layer> layers;
  private final Map<String, String> environment;
  private final Problems problems;

  Substitutions(List<Layer> layers, Map<String, String> environment, Problems problems) {
    this.layers = layers;
    this.environment = environment;
    this.problems = problems;
  }

  /** The merged configuration; empty after a problem was noted. */
  Optional<Config> resolve() {
    try {
      Config merged = ConfigFactory.empty();
      for (Layer layer : layers) {
        merged = merged.withFallback(layer.config());
      }
      ConfigResolveOptions options = ConfigResolveOptions.noSystem().appendResolver(new Variables(environment));
      return Optional.of(merged.resolve(options));
    } catch (ConfigException e) {
      explain(e);
    } catch (StackOverflowError e) {
      problems
          .add(Problem.error("SB-1006", Place.none(), "the ${...} of this job lead through each other too deep", ""));
    }
    return Optional.empty();
  }

  private void explain(ConfigException failure) {
    Set<String> known = new TreeSet<>();
    for (Layer layer : layers) {
      known.addAll(layer.scan().values().keySet());
    }
    boolean found = false;
    for (Layer layer : layers) {
      for (Scan.Substitution use : layer.scan().substitutions()) {
        String included = use.prefix().isEmpty() ? use.path() : use.prefix() + "." + use.path();
        if (!use.optional() && !known.contains(use.path()) && !known.contains(included)
            && !environment.containsKey(use.path())) {
          found = true;
          problems.add(use.source().error("SB-1008", use.start(), use.end(),
              use.path() + " is neither a key of the job nor an environment variable", hint(use.path(), known)));
        }
      }
    }
    if (!found) {
      unplaced(failure);
    }
  }

  private static String hint(String path, Set<String> known) {
    String near = NearestName.hint(path, known);
    return near.isEmpty() ? "a param is written {" + path + "}, inside quotes" : near;
  }

  private void unplaced(ConfigException failure) {
    boolean cycle = String.valueOf(failure.getMessage()).contains("cycle");
    for (Layer layer : layers) {
      for (Scan.Substitution use : layer.scan().substitutions()) {
        Place place = use.source().place(use.start());
        boolean here = failure.origin() != null && failure.origin().description().startsWith(use.source().name())
            && failure.origin().lineNumber() == place.line();
        if (here) {
          problems.add(use.source().error("SB-1008", use.start(), use.end(),
              cycle ? "${" + use.path() + "} leads back to itself" : "${" + use.path() + "} has no value", ""));
          return;
        }
      }
    }
    problems
        .add(Problem.error("SB-1008", Place.none(), Layers.firstSentence(String.valueOf(failure.getMessage())), ""));
  }

  /** Environment variables as the last place where the library looks. */
  private record Variables(Map<String, String> environment) implements ConfigResolver {

    @Override
    public ConfigValue lookup(String path) {
      String value = environment.get(path);
      return value == null ? null : ConfigValueFactory.fromAnyRef(value, "environment variable " + path);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
