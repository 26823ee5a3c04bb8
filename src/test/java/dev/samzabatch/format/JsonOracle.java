package dev.samzabatch.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One JSON object as Jackson reads it, with what we refuse beyond Jackson refused too. */
final class JsonOracle {

  private static final JsonFactory JACKSON = new JsonFactory();

  private JsonOracle() {}

  /**
   * The object: Map, List, String, the text of a number, Boolean, null; empty when the bytes are not one object. Two
   * things are refused which Jackson lets pass, since no text column can hold them: bytes that are not UTF-8 (Jackson
   * takes overlong forms and surrogates), and escaped halves of surrogate pairs.
   */
  static Optional<Map<String, Object>> read(byte[] json) {
    try (JsonParser parser =
        JACKSON.createParser(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> object = object(parser);
      return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser.currentName());
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static String text(String text) throws IOException {
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    return text;
  }

  /** A number as it is written. */
  record Number(String text) {}
}
