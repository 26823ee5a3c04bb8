package dev.samzabatch.job;

import dev.samzabatch.data.NearestName;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads where the reading of topics begins and ends.
 *
 * <pre>
 * from = beginning   from = end   from = "committed(group)"   until = end   until = never
 * "2026-11-22T15:30:00Z"   "2026-11-22"                           a timestamp; without a zone it is UTC
 * { 0 = 120, "page-views/1" = 7 }                                 offsets of partitions
 * </pre>
 */
final class OffsetsReader {

  private static final Pattern COMMITTED = Pattern.compile("committed\\(\\s*(\\S(?:.*\\S)?)\\s*\\)");
  private static final Pattern PARTITION = Pattern.compile("(?:(.+)/)?(0|[1-9][0-9]{0,8})");

  private final List<Location> topics;

  OffsetsReader(List<Location> topics) {
    this.topics = topics;
  }

  /** Where reading begins; empty after a problem was noted. */
  Optional<TopicInput.Offsets> from(Node node) {
    return read(node, Map.of("beginning", new TopicInput.Beginning(), "end", new TopicInput.End()));
  }

  /** Where reading ends; empty after a problem was noted. */
  Optional<TopicInput.Offsets> until(Node node) {
    return read(node, Map.of("end", new TopicInput.End(), "never", new TopicInput.Never()));
  }

  private Optional<TopicInput.Offsets> read(Node node, Map<String, TopicInput.Offsets> words) {
    if (node.isObject()) {
      return fixed(node);
    }
    boolean isFrom = words.containsKey("beginning");
    List<String> forms = new ArrayList<>(new TreeMap<>(words).keySet());
    if (isFrom) {
      forms.add("committed(GROUP)");
    }
    forms.add("a timestamp");
    forms.add("{ partition = offset }");
    String expected = Scalars.alternatives(forms);
    Optional<String> text = node.text(expected).map(found -> found.text().strip());
    Optional<TopicInput.Offsets> found =
        text.flatMap(word -> Optional.ofNullable(words.get(word)).or(() -> timestamp(word)));
    if (text.isPresent() && found.isEmpty() && isFrom) {
      found = committed(text.get());
    }
    if (text.isPresent() && found.isEmpty()) {
      node.error("SB-1072", node.path() + ": expected " + expected + ", found \"" + text.get() + "\"",
          NearestName.hint(text.get(), words.keySet()));
    }
    return found;
  }

  private static Optional<TopicInput.Offsets> committed(String text) {
    Matcher matcher = COMMITTED.matcher(text);
    return matcher.matches() ? Optional.of(new TopicInput.Committed(matcher.group(1))) : Optional.empty();
  }

  private static Optional<TopicInput.Offsets> timestamp(String text) {
    String iso = text.replaceFirst("^([0-9-]{10}) ", "$1T");
    try {
      OffsetDateTime time;
      if (iso.length() == 10) {
        time = LocalDate.parse(iso).atStartOfDay().atOffset(ZoneOffset.UTC);
      } else if (iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")) {
        time = OffsetDateTime.parse(iso);
      } else {
        time = LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
      }
      return Optional.of(new TopicInput.Timestamp(time.toInstant().toEpochMilli()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<TopicInput.Offsets> fixed(Node node) {
    Map<String, Long> byPartition = new TreeMap<>();
    Map<String, Node> offsets = DottedKeys.of(node);
    offsets.forEach((name, value) -> {
      boolean known = isPartition(name, value);
      Scalars.longInteger(value, 0, Long.MAX_VALUE).filter(offset -> known)
          .ifPresent(offset -> byPartition.put(name, offset));
    });
    if (offsets.isEmpty() && node.isObject()) {
      node.keyError("SB-1072", node.path() + " has no offsets", "write for example { 0 = 120 }");
    }
    return byPartition.isEmpty() ? Optional.empty() : Optional.of(new TopicInput.Fixed(byPartition));
  }

  private boolean isPartition(String name, Node value) {
    Matcher matcher = PARTITION.matcher(name);
    if (!matcher.matches()) {
      value.keyError("SB-1072", "\"" + name + "\" is no partition",
          "write 0 = 120 for partition 0 of every topic, or \"" + example() + "/0\" = 120");
      return false;
    }
    String topic = matcher.group(1);
    boolean known = topic == null || topics.stream().anyMatch(
        location -> location.topicPattern().map(p -> p.matcher(topic).matches()).orElse(location.path().equals(topic)));
    if (!known) {
      List<String> names = topics.stream().map(Location::path).toList();
      String near = NearestName.hint(topic, names);
      value.keyError("SB-1072", "\"" + topic + "\" is no topic of this input",
          near.isEmpty() ? "topics: " + String.join(", ", names) : near);
    }
    return known;
  }

  private String example() {
    return topics.stream().filter(location -> location.topicPattern().isEmpty()).map(Location::path).findFirst()
        .orElse("topic");
  }
}
