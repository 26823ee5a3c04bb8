package dev.samzabatch.system.file;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.samzabatch.data.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file {@code _SUCCESS} of a published directory, for those who read it next: when it is there, the files that it
 * lists are there as a whole. After {@code mode = append} it is the one of the last run and lists that run's files.
 *
 * <pre>
 * { "version": 1, "run.id": "...", "job": "...", "schema": "...", "rows": 12,
 *   "files": [ { "name": "part-00000.json", "rows": 12, "bytes": 345, "crc32c": "0a1b2c3d" } ] }
 * </pre>
 *
 * @param runId the run that published
 * @param job its job
 * @param schema of the records
 * @param files what was published
 */
public record SuccessFile(String runId, String job, Schema schema, List<StagedFile> files) {

  /** Its name. */
  public static final String NAME = "_SUCCESS";

  private static final int VERSION = 1;

  /** Larger files of this name are none of ours; they need not be read to see that. */
  private static final long MAX_BYTES = 1L << 30;

  private static final JSON PRETTY = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  /** The rows of all files. */
  public long rows() {
    return files.stream().mapToLong(StagedFile::rows).sum();
  }

  byte[] bytes() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("version", VERSION);
    object.put("run.id", runId);
    object.put("job", job);
    object.put("schema", schema.toString());
    object.put("rows", rows());
    List<Map<String, Object>> list = new ArrayList<>();
    for (StagedFile file : files) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", file.name());
      entry.put("rows", file.rows());
      entry.put("bytes", file.bytes());
      entry.put("crc32c", String.format("%08x", file.checksum()));
      list.add(entry);
    }
    object.put("files", list);
    return (PRETTY.asString(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the directory has such a file: then it was published by this program. */
  static boolean isIn(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) == 0 || Files.size(file) > MAX_BYTES) {
        return false;
      }
      Map<String, Object> object = JSON.std.mapFrom(Files.readAllBytes(file));
      return object.get("run.id") instanceof String && object.get("files") instanceof List;
    } catch (IOException e) {
      return false;
    }
  }
}
