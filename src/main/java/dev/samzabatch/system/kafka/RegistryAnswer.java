package dev.samzabatch.system.kafka;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What a registry has answered.
 *
 * @param status of HTTP
 * @param object its JSON; empty when it is none
 */
record RegistryAnswer(int status, Map<String, Object> object) {

  private static final int MAX_SHOWN_CHARS = 300;

  static RegistryAnswer of(int status, String body) {
    try {
      return new RegistryAnswer(status, JSON.std.mapFrom(body));
    } catch (IOException e) {
      return new RegistryAnswer(status, Map.of());
    }
  }

  /** A text of the object. */
  Optional<String> text(String key) {
    return object.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A whole number of the object. */
  Optional<Integer> number(String key) {
    return object.get(key) instanceof Integer number ? Optional.of(number) : Optional.empty();
  }

  /** The registry's own number of what is wrong; 0 when the answer has none, as that of any other server. */
  int errorCode() {
    return number("error_code").orElse(0);
  }

  /** What it says to a person. */
  String message() {
    String text = text("message").orElse("status " + status);
    return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "...";
  }
}
