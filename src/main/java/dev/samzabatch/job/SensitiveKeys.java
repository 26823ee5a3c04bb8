package dev.samzabatch.job;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows which keys hold secrets, so that what stands in a job file nevertheless is not shown to others. */
final class SensitiveKeys {

  private static final Pattern SENSITIVE = Pattern.compile("password|passphrase|secret|jaas|ssl\\.keystore\\.key$");
  private static final Pattern IN_JAAS = Pattern.compile("password|secret", Pattern.CASE_INSENSITIVE);

  /** A key in the position of a key, then its value. */
  private static final Pattern ASSIGNED = Pattern.compile(
      "((?:^|[{,])\\s*[\\w.\"-]*(?:password|passphrase|secret|jaas\\.config|keystore\\.key)\"?\\s*[=:]\\s*)"
          + "(\"\"\".*?(?:\"\"\"|$)|\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*){0,200}\"?|[^\\s,}](?:[^,}]*[^\\s,}])?)",
      Pattern.CASE_INSENSITIVE);

  /** User and password in a url. */
  private static final Pattern IN_URL = Pattern.compile("(?<=://)[^/@\\s\"]+(?=@)");

  private SensitiveKeys() {}

  /** Whether a value under this key should be a reference to a secret. */
  static boolean holdsSecret(String key, String value) {
    String name = key.toLowerCase(Locale.ROOT);
    boolean secretless = name.endsWith("jaas.config") && !IN_JAAS.matcher(value).find();
    return SENSITIVE.matcher(name).find() && !secretless;
  }

  /** A line of a job file with stars for the secrets in it, as long as before. */
  static String hidden(String line) {
    StringBuilder shown = new StringBuilder(IN_URL.matcher(line).replaceAll(m -> "*".repeat(m.group().length())));
    Matcher matcher = ASSIGNED.matcher(line);
    while (matcher.find()) {
      String value = matcher.group(2);
      if (!Secrets.isReference(value.replaceFirst("^\"+", ""))) {
        shown.replace(matcher.start(2), matcher.end(2), "*".repeat(value.length()));
      }
    }
    return shown.toString();
  }
}
