package dev.samzabatch.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the keys that an output has only when its location is a topic. */
final class TopicOutputReader {

  static final List<String> KEYS =
      List.of("key", "key-format", "value", "headers", "timestamp", "partition-by", "partition", "publish", "create");

  private static final int MAX_PARTITIONS = 100_000;

  private final Mode mode;

  TopicOutputReader(Mode mode) {
    this.mode = mode;
  }

  TopicOutput read(Section output, DataFormat format) {
    TopicOutput.RecordShape shape = shape(output, format);
    List<String> partitionBy = columns(output, "partition-by");
    Optional<String> partition = output.find("partition").flatMap(ColumnNames::one);
    if (partition.isPresent()) {
      output.refuse(List.of("partition-by"), "partition has the number of the partition");
    }
    return new TopicOutput(shape, partitionBy, partition, publish(output), create(output, shape));
  }

  private static List<String> columns(Section output, String key) {
    return output.find(key).map(node -> ColumnNames.list(node, key + " = [member_id]")).orElse(List.of());
  }

  private static TopicOutput.RecordShape shape(Section output, DataFormat format) {
    List<String> key = columns(output, "key");
    List<String> value = columns(output, "value");
    boolean single = format == DataFormat.TEXT || format == DataFormat.BYTES;
    if (single && value.size() > 1) {
      output.find("value").orElseThrow().error("SB-1024",
          "a record of format " + Scalars.word(format) + " is one column, and value names " + value.size(),
          "keep one, or write format = json");
    }
    Map<String, String> headers = new TreeMap<>();
    output.find("headers").map(Section::named).orElse(List.of())
        .forEach(child -> ColumnNames.one(child.node()).ifPresent(column -> headers.put(child.name(), column)));
    Optional<String> timestamp = output.find("timestamp").flatMap(ColumnNames::one);
    return new TopicOutput.RecordShape(key, keyFormat(output, key), value, headers, timestamp);
  }

  private static TopicOutput.KeyFormat keyFormat(Section output, List<String> key) {
    if (!output.has("key")) {
      output.refuse(List.of("key-format"), "the records have no key");
    }
    Optional<TopicOutput.KeyFormat> told =
        output.find("key-format").flatMap(node -> Scalars.oneOf(node, TopicOutput.KeyFormat.class));
    if (told.filter(format -> format == TopicOutput.KeyFormat.TEXT).isPresent() && key.size() > 1) {
      output.find("key-format").orElseThrow().error("SB-1024", "a key of several columns is no plain text",
          "write key-format = json, or a key of one column");
    }
    return told.orElse(key.size() > 1 ? TopicOutput.KeyFormat.JSON : TopicOutput.KeyFormat.TEXT);
  }

  private TopicOutput.Publish publish(Section output) {
    TopicOutput.Publish usual = switch (mode) {
      case BATCH -> TopicOutput.Publish.AT_END;
      case STREAMING -> TopicOutput.Publish.AS_YOU_GO;
    };
    Optional<TopicOutput.Publish> told =
        output.find("publish").flatMap(node -> Scalars.oneOf(node, TopicOutput.Publish.class));
    if (mode == Mode.STREAMING && told.filter(publish -> publish == TopicOutput.Publish.AT_END).isPresent()) {
      output.find("publish").orElseThrow().error("SB-1073", "a job in streaming mode has no end to publish at",
          "remove it, or write publish = as-you-go");
    }
    return told.orElse(usual);
  }

  private static Optional<TopicOutput.CreateTopic> create(Section output, TopicOutput.RecordShape shape) {
    Optional<Section> create = output.find("create")
        .flatMap(node -> Section.of(node, "create", List.of("partitions", "replication", "config")));
    if (create.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> partitions = create.get().require("partitions", "partitions = 8")
        .flatMap(node -> Scalars.integer(node, 1, MAX_PARTITIONS));
    int replication = create.get().find("replication")
        .flatMap(node -> Scalars.integer(node, 1, StreamsReader.MAX_REPLICATION)).orElse(0);
    Map<String, String> config = new TreeMap<>();
    create.get().find("config").map(DottedKeys::of).orElse(Map.of())
        .forEach((name, value) -> value.text("a text").ifPresent(text -> config.put(name, text.text())));
    if (config.getOrDefault("cleanup.policy", "").contains("compact") && shape.key().isEmpty()) {
      create.get().find("config").orElseThrow().keyError("SB-1024",
          "a compacted topic takes no records without a key", "add for example key = [member_id]");
    }
    return partitions.map(count -> new TopicOutput.CreateTopic(count, replication, config));
  }
}
