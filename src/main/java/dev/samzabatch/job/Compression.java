package dev.samzabatch.job;

import java.util.Locale;
import java.util.Optional;

/** How files are compressed. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD;

  /** The compression that the extension of a path stands for; empty when it stands for none. */
  public static Optional<Compression> ofPath(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      return Optional.of(GZIP);
    }
    return name.endsWith(".zst") ? Optional.of(ZSTD) : Optional.empty();
  }
}
