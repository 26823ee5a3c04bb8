package dev.samzabatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of every error code, from {@code explain/codes.txt}: a code on a line of its own, then its text up to
 * the next code.
 */
final class Codes {

  private static final String RESOURCE = "/dev/samzabatch/explain/codes.txt";

  private Codes() {}

  /** The texts by code, in the order of the codes. */
  static Map<String, String> read() {
    Map<String, String> codes = new TreeMap<>();
    String code = "";
    for (String line : text().lines().toList()) {
      if (line.matches("SB-[0-9]{4}")) {
        code = line;
        codes.put(code, "");
      } else if (!code.isEmpty()) {
        codes.merge(code, line.stripTrailing() + "\n", String::concat);
      }
    }
    codes.replaceAll((c, text) -> text.strip());
    return codes;
  }

  private static String text() {
    try (InputStream in = Codes.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
