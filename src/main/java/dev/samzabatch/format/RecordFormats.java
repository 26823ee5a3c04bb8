package dev.samzabatch.format;

import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import java.util.Locale;
import java.util.Optional;

/** Makes formats of single records from what a job file says. */
public final class RecordFormats {

  private RecordFormats() {}

  /**
   * A format.
   *
   * @param options how lines are written; of no meaning for formats that are not delimited
   * @param schemas where records name the schema they were written with; empty when they do not; only for avro
   * @param avroSchemaText an Avro schema: without {@code schemas} the one that all records were written with, else the
   * one of which names and defaults hold for what a record's own schema does not have; only for avro
   */
  public static RecordFormat of(
      DataFormat format, DelimitedOptions options, Optional<WriterSchemas> schemas, Optional<String> avroSchemaText) {
    return switch (format) {
      case JSON -> new JsonRecordFormat();
      case CSV, TSV -> new CsvRecordFormat(format.name().toLowerCase(Locale.ROOT), CsvOptions.of(options));
      case TEXT -> WholeRecordFormat.ofText();
      case BYTES -> WholeRecordFormat.ofBytes();
      case AVRO -> new AvroRecordFormat(schemas, avroSchemaText);
    };
  }
}
