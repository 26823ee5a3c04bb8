package dev.samzabatch.job;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The formats of inputs and outputs. */
public enum DataFormat {
  JSON,
  CSV,
  TSV,
  TEXT,
  BYTES,
  AVRO;

  private static final Map<String, DataFormat> EXTENSIONS = Map.of("json", JSON, "jsonl", JSON, "ndjson", JSON,
      "csv", CSV, "tsv", TSV, "tab", TSV);

  /** Whether rows are lines of cells. */
  public boolean isDelimited() {
    return this == CSV || this == TSV;
  }

  /** Whether files are read and written in it; the others are for the values of a topic only. */
  public boolean isForFiles() {
    return this == JSON || isDelimited();
  }

  /**
   * The format that the extension of a path stands for, that of a compression left aside; empty when it stands for
   * none.
   */
  public static Optional<DataFormat> ofPath(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    Optional<Compression> compression = Compression.ofPath(name);
    String plain = compression.isPresent() ? name.substring(0, name.lastIndexOf('.')) : name;
    int dot = plain.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : Optional.ofNullable(EXTENSIONS.get(plain.substring(dot + 1)));
  }
}
