package dev.samzabatch.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Maps, lists, strings, numbers, booleans and nulls as JSON. */
final class JsonText {

  private static final JSON COMPACT =
      JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);
  private static final JSON PRETTY = COMPACT.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  private JsonText() {}

  /** Over several lines, for people too. */
  static String pretty(Object document) {
    return text(PRETTY, document);
  }

  /** On one line. */
  static String compact(Object document) {
    return text(COMPACT, document);
  }

  private static String text(JSON json, Object document) {
    try {
      return json.asString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
