package dev.samzabatch.job;

import java.util.regex.Pattern;

/**
 * The way from the root of a job to a value, as text: {@code steps.counts.by[0]}. Keys with other characters than
 * letters, digits, {@code _} and {@code -} are in quotes. The root is the empty text.
 */
final class KeyPath {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  private KeyPath() {}

  static String child(String path, String key) {
    String shown = PLAIN.matcher(key).matches() ? key : "\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return path.isEmpty() ? shown : path + "." + shown;
  }

  static String child(String path, Iterable<String> keys) {
    String result = path;
    for (String key : keys) {
      result = child(result, key);
    }
    return result;
  }

  static String element(String path, int index) {
    return path + "[" + index + "]";
  }
}
