package dev.samzabatch.job;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.samzabatch.data.Place;
import dev.samzabatch.job.Scanned.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tells where the values of the merged job stand. */
final class Positions {

  private static final int MAX_HOPS = 20;

  private final List<Layer> layers;
  private final SourceFiles files;
  private final SourceFile jobFile;

  Positions(List<Layer> layers, SourceFiles files, SourceFile jobFile) {
    this.layers = layers;
    this.files = files;
    this.jobFile = jobFile;
  }

  /** The job file as a whole. */
  Place jobFile() {
    return Place.of(jobFile.name());
  }

  /** Where the value at this path was written, by the strongest layer that has it. */
  Optional<Scanned> scanned(String path) {
    return layer(path).map(layer -> layer.scan().values().get(path));
  }

  /** The strongest layer that has this path. */
  Optional<Layer> layer(String path) {
    return layers.stream().filter(layer -> layer.scan().values().containsKey(path)).findFirst();
  }

  /**
   * Where this value stands: its key, or what it was substituted from. An object to which several layers add stands in
   * the job file.
   */
  Scanned find(String path, ConfigValue value) {
    Optional<Scanned> found = value.valueType() == ConfigValueType.OBJECT
        ? layers.stream().filter(layer -> layer.kind() == Layer.Kind.JOB).findFirst()
            .map(layer -> layer.scan().values().get(path)).or(() -> scanned(path))
        : scanned(path);
    return found.or(() -> prefix(path)).orElseGet(() -> byLine(value));
  }

  private Optional<Scanned> prefix(String path) {
    return layers.stream().map(layer -> layer.scan().prefixes().get(path)).filter(Objects::nonNull).findFirst();
  }

  /** The text of a value with the place of each character, as far as it can be known. */
  MappedText text(String path, ConfigValue value, String text) {
    Optional<Scanned> found = scanned(path);
    for (int hop = 0; hop < MAX_HOPS && found.isPresent(); hop++) {
      Scanned at = found.get();
      if (at.isText()) {
        MappedText written = at.text();
        return written.text().equals(text) ? written : MappedText.at(text, at.source(), at.start());
      }
      boolean alias = at.pieces().size() == 1 && at.pieces().get(0).kind() == Kind.SUBSTITUTION;
      Optional<Scanned> target = alias ? scanned(at.pieces().get(0).text()) : Optional.empty();
      if (target.isEmpty()) {
        return MappedText.at(text, at.source(), at.start());
      }
      found = target;
    }
    Scanned line = byLine(value);
    return MappedText.at(text, line.source(), line.start());
  }

  private Scanned byLine(ConfigValue value) {
    SourceFile source = files.named(value.origin().description()).orElse(jobFile);
    int line = value.origin().lineNumber();
    int start = line > 0 ? source.startOfText(line) : 0;
    return new Scanned(source, start, start + 1, start, start + 1, List.of());
  }
}
