package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.Compression;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FormatsTest {

  private static final Schema SCHEMA = CsvFiles.strings(2);

  @ParameterizedTest
  @CsvSource({"a/b.json,JSON", "x.jsonl.gz,JSON", "ndjson.ndjson,JSON", "a.CSV,CSV", "a.csv.zst,CSV", "a.tsv.gz,TSV"})
  void goesByTheEndOfAName(String path, DataFormat format) {
    assertThat(Formats.ofPath(path)).isEqualTo(format);
  }

  @Test
  void refusesAnUnknownEndOfANameWithThoseItKnows() {
    assertThatThrownBy(() -> Formats.ofPath("dir.csv/data.parquet"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("dir.csv/data.parquet  error SB-3021")
        .hasMessageContaining(".json, .jsonl, .ndjson, .csv, .tsv");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsPackedFilesByNameOrAsToldAndGoesOnFromAnyPosition(Compression compression) throws IOException {
    Format byName = format(DataFormat.TSV, Optional.empty());
    Format told = format(DataFormat.TSV, Optional.of(compression));
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(List.of("v" + i, "line\n\"" + i + "\"\t,"));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = Packing.pack(bytes, compression);
        BatchWriter writer = byName.openWriter(out, SCHEMA)) {
      writer.write(Values.batch(SCHEMA, rows));
    }
    MemoryFile named = new MemoryFile("t.tsv" + Packing.extension(compression), bytes.toByteArray());
    MemoryFile unnamed = new MemoryFile("t.gz", bytes.toByteArray());
    assertThat(byName.splittable(named)).isEqualTo(compression == Compression.NONE);
    assertThat(told.splittable(unnamed)).isEqualTo(compression == Compression.NONE);
    assertThat(byName.infer(List.of(named))).isEqualTo(told.infer(List.of(unnamed)));
    assertReadFromAnyPosition(byName, named, rows);
    assertReadFromAnyPosition(told, unnamed, rows);
  }

  private static void assertReadFromAnyPosition(Format format, MemoryFile file, List<List<Object>> rows)
      throws IOException {
    try (BatchReader reader = format.openReader(file.whole(), CsvFiles.all(SCHEMA, 7))) {
      for (int row = 0; row < rows.size(); row += 7) {
        FileSplit rest = new FileSplit(file, reader.position(), Long.MAX_VALUE);
        try (BatchReader second = format.openReader(rest, CsvFiles.all(SCHEMA, 1000))) {
          assertThat(CsvFiles.drain(second)).isEqualTo(rows.subList(row, rows.size()));
          assertThat(second.bytesRead()).isPositive();
        }
        assertThat(Values.rows(reader.next())).isEqualTo(rows.subList(row, Math.min(row + 7, rows.size())));
      }
      assertThat(reader.next()).isNull();
      assertThat(reader.bytesRead()).isBetween(file.length() - 10, file.length());
    }
  }

  @Test
  void refusesOptionsThatContradictEachOther() {
    assertThatThrownBy(() -> Formats.of(DataFormat.CSV,
        new DelimitedOptions(Optional.empty(), '"', Optional.of('"'), Optional.empty(), ""), Optional.empty()))
        .hasMessageContaining("SB-3022: delimiter and quote are the same character");
    assertThatThrownBy(() -> Formats.of(DataFormat.CSV,
        new DelimitedOptions(Optional.empty(), ',', Optional.of('"'), Optional.of(','), ""), Optional.empty()))
        .hasMessageContaining("SB-3022: delimiter and escape are the same character");
    assertThatThrownBy(() -> Formats.of(DataFormat.CSV,
        new DelimitedOptions(Optional.empty(), ',', Optional.of('"'), Optional.empty(), "a,b"), Optional.empty()))
        .hasMessageContaining("SB-3022: null-text has a delimiter");
  }

  @Test
  void formatsOfTopicsAreNotForFiles() {
    for (DataFormat format : List.of(DataFormat.TEXT, DataFormat.BYTES, DataFormat.AVRO)) {
      assertThatThrownBy(() -> format(format, Optional.empty())).hasMessageContaining("SB-3024");
    }
  }

  private static Format format(DataFormat format, Optional<Compression> compression) {
    return Formats.of(format, DelimitedOptions.of(format), compression);
  }
}
