package dev.samzabatch.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what inputs and steps say about time. */
final class TimeReader {

  /** The keys that a step has for this. */
  static final List<String> STEP_KEYS = List.of("window", "within", "emit-every");

  /** Longer spans are slips of the pen, and microseconds of a hundred years are far from overflowing. */
  private static final Duration MAX = Duration.ofDays(36_525);

  private static final Duration IDLE_AFTER = Duration.ofMinutes(1);
  private static final Pattern SIZE_ON_COLUMN = Pattern.compile("(.+?)\\s+on\\s+(.+)", Pattern.DOTALL);

  private TimeReader() {}

  /** When the rows of an input happened; empty after a problem was noted. */
  static Optional<EventTime> eventTime(Node node) {
    Optional<Section> section = Section.of(node, "event-time", List.of("on", "delay", "idle-after"));
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> on = section.get().require("on", "on = ts").flatMap(ColumnNames::one);
    Duration delay = section.get().find("delay").flatMap(TimeReader::delay).orElse(Duration.ZERO);
    Duration idleAfter = section.get().find("idle-after").flatMap(TimeReader::span).orElse(IDLE_AFTER);
    return on.map(column -> new EventTime(column, delay, idleAfter));
  }

  /** What a step does with time; keys that have no meaning for its verb are noted. */
  static StepSpec.TimeSpec ofStep(Section step, Optional<VerbKey> verb) {
    boolean groups = verb.filter(key -> key == VerbKey.AGGREGATE).isPresent();
    boolean joins = verb.filter(VerbKey::isJoin).isPresent();
    if (!groups) {
      step.refuse(List.of("window", "emit-every"), "it belongs to aggregate");
    } else if (step.has("window")) {
      step.refuse(List.of("emit-every"), "a window tells its result when it ends");
    }
    if (!joins) {
      step.refuse(List.of("within"), "it belongs to a join");
    }
    return new StepSpec.TimeSpec(
        step.find("window").flatMap(TimeReader::window),
        step.find("within").flatMap(TimeReader::within),
        step.find("emit-every").flatMap(TimeReader::span));
  }

  private static Optional<WindowSpec> window(Node node) {
    if (!node.isObject()) {
      return windowText(node);
    }
    Optional<Section> section = Section.of(node, "window", List.of("size", "on"));
    Optional<Duration> size = section.flatMap(s -> s.require("size", "size = 1m")).flatMap(TimeReader::span);
    Optional<SqlText> on = section.flatMap(s -> s.require("on", "on = ts")).flatMap(Node::sql);
    return size.isEmpty() || on.isEmpty() ? Optional.empty() : Optional.of(new WindowSpec(size.get(), on.get()));
  }

  private static Optional<WindowSpec> windowText(Node node) {
    Optional<MappedText> text = node.text("a window").map(MappedText::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = SIZE_ON_COLUMN.matcher(text.get().text());
    Optional<Duration> size = matcher.matches() ? usable(matcher.group(1)) : Optional.empty();
    if (size.isEmpty()) {
      node.error("SB-1024", node.path() + ": expected a size and a column of type timestamp, found \""
          + text.get().text() + "\"", "write for example window = \"1m on ts\" or window { size = 1m, on = ts }");
      return Optional.empty();
    }
    return Optional.of(new WindowSpec(size.get(), new SqlText(text.get().part(matcher.start(2), matcher.end(2)))));
  }

  private static Optional<WithinSpec> within(Node node) {
    if (!node.isObject()) {
      node.error("SB-1021", node.path() + ": expected an object that names a column of each side",
          "write for example within { most = 10m, left = ts, right = ts }");
      return Optional.empty();
    }
    Optional<Section> section = Section.of(node, "within", List.of("most", "left", "right"));
    Optional<Duration> most = section.flatMap(s -> s.require("most", "most = 10m")).flatMap(TimeReader::span);
    Optional<String> left = section.flatMap(s -> s.require("left", "left = ts")).flatMap(ColumnNames::one);
    Optional<String> right = section.flatMap(s -> s.require("right", "right = ts")).flatMap(ColumnNames::one);
    return most.isEmpty() || left.isEmpty() || right.isEmpty() ? Optional.empty()
        : Optional.of(new WithinSpec(most.get(), left.get(), right.get()));
  }

  /** A time span that is not longer than anybody can mean. */
  private static Optional<Duration> span(Node node) {
    Optional<Duration> span = Scalars.duration(node);
    if (span.filter(found -> found.compareTo(MAX) > 0).isPresent()) {
      node.error("SB-1024", node.path() + " is longer than " + MAX.toDays() + "d", "");
      return Optional.empty();
    }
    return span;
  }

  private static Optional<Duration> delay(Node node) {
    boolean none = node.text("a time").flatMap(text -> Scalars.duration(text.text().strip()))
        .filter(Duration::isZero).isPresent();
    return none ? Optional.of(Duration.ZERO) : span(node);
  }

  private static Optional<Duration> usable(String text) {
    return Scalars.duration(text).filter(span -> !span.isZero() && span.compareTo(MAX) <= 0);
  }
}
