package dev.samzabatch.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** JSON objects on one line in any spelling the grammar allows, and such with a few bytes changed, from a seed. */
final class RandomJson {

  private static final List<String> KEYS =
      List.of("a", "b", "c", "a long key of more than sixteen bytes", "ü", "quo\"te", "unknown");
  private static final List<String> NUMBERS =
      List.of("0", "-0", "7", "-12", "12345678", "123456789", "1234567890123456",
          "12345678901234567890", "0.5", "-0.0", "1e5", "1E+5", "2.5e-10", "1e400", "100.00", "1.7976931348623157e308");
  private static final List<String> ESCAPES =
      List.of("\\n", "\\\"", "\\\\", "\\/", "\\b\\f\\r\\t", "\\u0041", "\\u00e4", "\\u20AC",
          "\\ud83d\\ude00", "\\u0000");
  private static final List<String> RUNS =
      List.of("x", "plain text of some length", "ä", "€uro", "\uD83D\uDE00", "", "\u007f", "12");

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  /** An object without a line end. */
  byte[] object() {
    StringBuilder out = new StringBuilder();
    blanks(out);
    object(out, 0);
    blanks(out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void object(StringBuilder out, int depth) {
    out.append('{');
    blanks(out);
    int fields = random.nextInt(6);
    for (int i = 0; i < fields; i++) {
      key(out, pick(KEYS));
      blanks(out);
      out.append(':');
      blanks(out);
      value(out, depth);
      blanks(out);
      if (i < fields - 1) {
        out.append(',');
        blanks(out);
      }
    }
    out.append('}');
  }

  private void key(StringBuilder out, String key) {
    String text = key.replace("\"", "\\\"");
    out.append('"').append(random.nextInt(8) == 0 ? text.replace("a", "\\u0061") : text).append('"');
  }

  private void value(StringBuilder out, int depth) {
    switch (random.nextInt(depth < 3 ? 8 : 6)) {
      case 0, 1 -> string(out);
      case 2, 3 -> out.append(pick(NUMBERS));
      case 4 -> out.append(random.nextBoolean());
      case 5 -> out.append("null");
      case 6 -> object(out, depth + 1);
      default -> array(out, depth + 1);
    }
  }

  private void array(StringBuilder out, int depth) {
    out.append('[');
    blanks(out);
    int elements = random.nextInt(4);
    for (int i = 0; i < elements; i++) {
      value(out, depth);
      blanks(out);
      if (i < elements - 1) {
        out.append(',');
        blanks(out);
      }
    }
    out.append(']');
  }

  private void string(StringBuilder out) {
    out.append('"');
    int parts = random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      out.append(random.nextInt(3) == 0 ? pick(ESCAPES) : pick(RUNS));
    }
    out.append('"');
  }

  private void blanks(StringBuilder out) {
    int count = Math.max(0, random.nextInt(8) - 5);
    for (int i = 0; i < count; i++) {
      out.append(" \t\r ".charAt(random.nextInt(4)));
    }
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** The same with bytes taken out, put in or changed; never a line end. */
  byte[] damaged(byte[] json) {
    byte[] replacements = "{}[]:,\"\\ue0159.+- \ttfn\0\u0001ab/NI".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = random.nextInt(json.length);
    out.write(json, 0, at);
    int kind = random.nextInt(4);
    if (kind < 2) {
      out.write(
          random.nextInt(5) == 0 ? 0x80 + random.nextInt(0x80) : replacements[random.nextInt(replacements.length)]);
    }
    int skipped = kind == 0 ? 0 : kind == 3 ? 1 + random.nextInt(json.length - at) : 1;
    out.write(json, at + skipped, json.length - at - skipped);
    return out.toByteArray();
  }
}
