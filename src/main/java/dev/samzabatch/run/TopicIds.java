package dev.samzabatch.run;

import dev.samzabatch.system.kafka.TopicStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * By which ids the next process knows the internal topics of a run again, so that none that is gone is taken for one
 * that was never made, and none that somebody has made since for the one of before:
 *
 * <pre>
 * { "version": 1, "ids": { "topic": "id", ... } }
 * </pre>
 *
 * <p>
 * They are written when all topics are made, and before anything is sent: without them, nothing was sent.
 */
final class TopicIds {

  static final String FILE = "topics.json";

  private static final int VERSION = 1;

  private final StateDirectory state;
  private final String runId;

  TopicIds(StateDirectory state, String runId) {
    this.state = state;
    this.runId = runId;
  }

  /** Makes every use of these topics fail when they are not those of before, if there were any. */
  void expect(TopicStreams topics) throws IOException {
    topics.expect(read());
  }

  /** Writes down which topics there are now, unless that is done. */
  void save(TopicStreams topics) throws IOException {
    Map<String, String> ids = topics.ids();
    if (!ids.equals(read())) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("version", VERSION);
      object.put("ids", ids);
      state.save(runId, FILE, object);
    }
  }

  private Map<String, String> read() throws IOException {
    Path file = state.runDirectory(runId).resolve(FILE);
    Map<String, String> ids = new TreeMap<>();
    if (!Files.exists(file)) {
      return ids;
    }
    Map<String, Object> object = JsonFile.read(file);
    if (!Integer.valueOf(VERSION).equals(object.get("version")) || !(object.get("ids") instanceof Map<?, ?> found)) {
      throw new IOException(file + ": damaged, or not of version " + VERSION);
    }
    found.forEach((topic, id) -> ids.put(topic.toString(), id.toString()));
    return ids;
  }
}
