package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Values that must not stand in a job file: a text that begins with {@code secret:env:} or {@code secret:file:} means
 * what the environment variable, or the file, holds. They are resolved where they are used, and are never printed and
 * never recorded.
 */
public final class Secrets {

  private static final String ENV = "secret:env:";
  private static final String FILE = "secret:file:";

  private Secrets() {}

  /** Whether the text is a reference. */
  public static boolean isReference(String text) {
    return text.startsWith(ENV) || text.startsWith(FILE);
  }

  /** Whether a value is a secret itself, as far as the key it stands under can tell. */
  public static boolean isPlainSecret(String key, String value) {
    return !isReference(value) && SensitiveKeys.holdsSecret(key, value);
  }

  /**
   * What the text stands for; a text that is no reference stands for itself. Line ends at the end of a file do not
   * count.
   *
   * @throws UserException when the variable is not set or the file cannot be read; the message has the reference only
   */
  public static String resolve(String text, Map<String, String> environment) {
    if (text.startsWith(ENV)) {
      String value = environment.get(text.substring(ENV.length()));
      if (value == null) {
        throw missing(text, "the environment variable is not set");
      }
      return value;
    }
    if (text.startsWith(FILE)) {
      try {
        return Files.readString(Path.of(text.substring(FILE.length()))).replaceFirst("[\\r\\n]+$", "");
      } catch (IOException e) {
        throw missing(text, "the file cannot be read: " + e.getMessage());
      }
    }
    return text;
  }

  private static UserException missing(String reference, String why) {
    return new UserException(Problem.error("SB-1047", Place.none(), "there is no value for " + reference + ": " + why,
        "set it where the job is started"));
  }
}
