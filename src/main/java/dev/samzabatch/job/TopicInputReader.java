package dev.samzabatch.job;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the keys that an input has only when its locations are topics. */
final class TopicInputReader {

  static final List<String> KEYS = List.of("from", "until", "isolation", "metadata", "key-format", "tombstones");

  private static final String COMMITTED = "read_committed";

  private final Mode mode;

  TopicInputReader(Mode mode) {
    this.mode = mode;
  }

  TopicInput read(Section input, List<Location> topics) {
    OffsetsReader offsets = new OffsetsReader(topics);
    TopicInput.Offsets from = input.find("from").flatMap(offsets::from).orElse(new TopicInput.Beginning());
    TopicInput.Offsets until = input.find("until").flatMap(offsets::until).orElseGet(this::usualEnd);
    checkOrder(input, from, until);
    boolean committed = input.find("isolation")
        .flatMap(node -> Scalars.oneOf(node, List.of(COMMITTED, "read_uncommitted"))).orElse(COMMITTED)
        .equals(COMMITTED);
    Map<String, TopicInput.Part> metadata =
        input.find("metadata").map(TopicInputReader::metadata).orElse(Map.of());
    if (!metadata.containsValue(TopicInput.Part.KEY) && !input.has("metadata")) {
      input.refuse(List.of("key-format"), "no column is the key; add for example metadata { name = key }");
    }
    boolean bytes = input.find("key-format").flatMap(node -> Scalars.oneOf(node, List.of("string", "bytes")))
        .filter("bytes"::equals).isPresent();
    boolean keep = input.find("tombstones").flatMap(node -> Scalars.oneOf(node, List.of("skip", "keep")))
        .filter("keep"::equals).isPresent();
    return new TopicInput(from, until, committed, metadata, bytes, keep);
  }

  private TopicInput.Offsets usualEnd() {
    return switch (mode) {
      case BATCH -> new TopicInput.End();
      case STREAMING -> new TopicInput.Never();
    };
  }

  private void checkOrder(Section input, TopicInput.Offsets from, TopicInput.Offsets until) {
    if (mode == Mode.BATCH && until instanceof TopicInput.Never) {
      input.find("until").orElseThrow().error("SB-1073", "a job in batch mode ends, and this input never does",
          "write until = end, or mode = streaming beside job");
    }
    boolean none = false;
    if (from instanceof TopicInput.Timestamp first && until instanceof TopicInput.Timestamp last) {
      none = first.millis() >= last.millis();
    } else if (from instanceof TopicInput.Fixed first && until instanceof TopicInput.Fixed last) {
      none = first.byPartition().entrySet().stream()
          .anyMatch(offset -> offset.getValue() > last.byPartition().getOrDefault(offset.getKey(), Long.MAX_VALUE));
    }
    if (none) {
      input.find("until").orElseThrow().keyError("SB-1072", "until is not behind from",
          "until is the first that is not read");
    }
  }

  /** Columns in the order of the parts, then of their names, so that no overlay can change it. */
  private static Map<String, TopicInput.Part> metadata(Node node) {
    Map<String, TopicInput.Part> read = new TreeMap<>();
    for (Section.Named child : Section.named(node)) {
      if (child.name().isBlank()) {
        child.node().keyError("SB-1026", "a column needs a name", "");
      }
      Scalars.oneOf(child.node(), TopicInput.Part.class).ifPresent(part -> read.put(child.name(), part));
    }
    Map<String, TopicInput.Part> ordered = new LinkedHashMap<>();
    read.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }
}
