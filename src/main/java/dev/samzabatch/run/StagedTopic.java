package dev.samzabatch.run;

import dev.samzabatch.data.SchemaSyntaxException;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.system.StreamSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows that wait in an internal stream to be sent to a topic.
 *
 * @param output name of the output
 * @param system where the topic is
 * @param topic its name
 * @param stream where the rows wait
 * @param lanes what of the stream is committed, where that is known by its lanes only
 * @param rows how many there are
 */
record StagedTopic(String output, String system, String topic, StreamSpec stream, SortedMap<String, long[]> lanes,
    long rows) {

  Map<String, Object> toMap() {
    Map<String, Object> lengths = new LinkedHashMap<>();
    lanes.forEach((lane, ends) -> lengths.put(lane, Arrays.stream(ends).boxed().toList()));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("output", output);
    object.put("system", system);
    object.put("topic", topic);
    object.put("stream", stream.name());
    object.put("schema", stream.schema().toString());
    object.put("partitions", stream.partitions());
    object.put("lanes", lengths);
    object.put("rows", rows);
    return object;
  }

  static StagedTopic of(Map<?, ?> object) {
    SortedMap<String, long[]> lanes = new TreeMap<>();
    ((Map<?, ?>) object.get("lanes")).forEach((lane, ends) -> lanes.put(lane.toString(),
        ((List<?>) ends).stream().mapToLong(e -> ((Number) e).longValue()).toArray()));
    try {
      StreamSpec stream = new StreamSpec(object.get("stream").toString(), StreamSpec.Kind.INTERMEDIATE,
          SchemaText.parse(object.get("schema").toString()), ((Number) object.get("partitions")).intValue());
      return new StagedTopic(object.get("output").toString(), object.get("system").toString(),
          object.get("topic").toString(), stream, lanes, ((Number) object.get("rows")).longValue());
    } catch (SchemaSyntaxException e) {
      throw new IllegalArgumentException("the schema of the staged rows cannot be read: " + e.getMessage(), e);
    }
  }
}
