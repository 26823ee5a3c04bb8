package dev.samzabatch.job;

import dev.samzabatch.data.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads where internal streams lie: {@code streams-on} and {@code streams} of a run. */
final class StreamsReader {

  /** What stands for the state directory of this machine. */
  static final String LOCAL = "local";

  /** Copies of a topic, at most. */
  static final int MAX_REPLICATION = 1000;

  private static final List<String> KEYS = List.of("replication", "min-insync", "retention", "max-bytes");

  private StreamsReader() {}

  static StreamsOn read(Section run, Map<String, SystemSpec> systems) {
    Optional<String> system = run.find("streams-on").flatMap(node -> system(node, systems));
    Optional<Section> streams = run.find("streams").flatMap(node -> Section.of(node, "streams", KEYS));
    StreamsOn usual = StreamsOn.LOCAL;
    int replication = streams.flatMap(s -> s.find("replication"))
        .flatMap(node -> Scalars.integer(node, 1, MAX_REPLICATION)).orElse(usual.replication());
    int minInsync = streams.flatMap(s -> s.find("min-insync"))
        .flatMap(node -> Scalars.integer(node, 1, MAX_REPLICATION)).orElse(usual.minInsync());
    if (replication > 0 && minInsync > replication) {
      streams.flatMap(s -> s.find("min-insync")).orElseThrow().error("SB-1024",
          "min-insync is " + minInsync + ", and replication is " + replication,
          "with fewer copies than min-insync nothing can be written");
    }
    Duration retention = streams.flatMap(s -> s.find("retention")).flatMap(Scalars::duration)
        .orElse(usual.retention());
    Optional<Long> most = streams.flatMap(s -> s.find("max-bytes")).flatMap(Scalars::size);
    if (system.isEmpty()) {
      return usual;
    }
    return new StreamsOn(system, replication, minInsync, retention,
        most.isPresent() ? OptionalLong.of(most.get()) : OptionalLong.empty());
  }

  /** The name of a system; empty for the state directory, or after a problem was noted. */
  private static Optional<String> system(Node node, Map<String, SystemSpec> systems) {
    Optional<String> name = node.text("local or the name of a system").map(text -> text.text().strip());
    if (name.isEmpty() || name.get().equals(LOCAL)) {
      return Optional.empty();
    }
    SystemSpec system = systems.get(name.get());
    if (system != null && system.type() == SystemSpec.Type.KAFKA) {
      return name;
    }
    List<String> known = new ArrayList<>(List.of(LOCAL));
    systems.values().stream().filter(s -> s.type() == SystemSpec.Type.KAFKA).forEach(s -> known.add(s.name()));
    String near = system == null ? NearestName.hint(name.get(), known) : "";
    node.error("SB-1075", system == null ? "\"" + name.get() + "\" is no system of this job"
        : "\"" + name.get() + "\" is a system of files, and internal streams do not lie there",
        (near.isEmpty() ? "" : near + "  ") + "known: " + String.join(", ", known));
    return Optional.empty();
  }
}
