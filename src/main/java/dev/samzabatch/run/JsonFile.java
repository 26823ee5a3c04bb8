package dev.samzabatch.run;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.samzabatch.system.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Small JSON objects in files, written so that a reader sees the old or the new object, never a part. */
final class JsonFile {

  private static final JSON PRETTY = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  private JsonFile() {}

  /** Writes the object in one durable step. */
  static void write(Path file, Map<String, ?> object) throws IOException {
    Durable.replace(file, text(object));
  }

  /** The bytes of a file that holds the object. */
  static byte[] text(Map<String, ?> object) throws IOException {
    return (PRETTY.asString(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Reads an object; the message of the exception names the file. */
  static Map<String, Object> read(Path file) throws IOException {
    try {
      return JSON.std.mapFrom(Files.readString(file));
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
