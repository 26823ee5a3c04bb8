package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an input is read or an output is written, from a {@code uri}.
 *
 * @param written the uri as it is in the job file, placeholders filled in
 * @param system name of the system, one of {@link JobSpec#systems()}; empty for plain files and standard output
 * @param path for files an absolute path without {@code .} and {@code ..}, which may hold {@code *}, {@code ?} and
 * {@code [...]}; {@code -} for standard output; for a system of type Kafka the name of a topic, or a regular expression
 * between slashes, which is valid
 * @param place where the uri is written
 */
public record Location(String written, String system, String path, Place place) {

  /** What stands for standard output. */
  public static final String STDOUT = "-";

  /** Whether this is standard output. */
  public boolean isStdout() {
    return system.isEmpty() && path.equals(STDOUT);
  }

  /** For a system of type Kafka: what the names of its topics match as a whole; empty when the path is one topic. */
  public Optional<Pattern> topicPattern() {
    boolean pattern = path.length() > 2 && path.startsWith("/") && path.endsWith("/");
    return pattern ? Optional.of(Pattern.compile(path.substring(1, path.length() - 1))) : Optional.empty();
  }
}
