package dev.samzabatch.format;

import dev.samzabatch.data.Schema;
import dev.samzabatch.job.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Lines of delimited fields: CSV and TSV.
 *
 * <p>
 * A file has a header unless the options say otherwise; its columns are then found by their names, in any order, and
 * others are skipped. Without a header the schema's columns are the file's. Every record has as many fields as there
 * are columns. An unquoted field that is the null text is null; so is a quoted empty one of any type but string and
 * bytes if the null text is empty. Blank lines are skipped, except in a file of one column, where they are an empty
 * field, unless the null text is empty and the column is never null.
 */
final class CsvFormat implements Format {

  private final String name;
  private final CsvOptions options;

  CsvFormat(String name, CsvOptions options) {
    this.name = name;
    this.options = options;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean splittable(SourceFile file) {
    return Packing.of(file) == Compression.NONE;
  }

  @Override
  public BatchReader openReader(FileSplit split, ReadSpec spec) throws IOException {
    return CsvReader.open(split, spec, options);
  }

  @Override
  public BatchWriter openWriter(OutputStream out, Schema schema) {
    return new CsvWriter(out, schema, options);
  }

  @Override
  public BatchWriter continueWriter(OutputStream out, Schema schema) {
    return new CsvWriter(out, schema, options, false);
  }

  @Override
  public Schema infer(List<SourceFile> files) throws IOException {
    return new CsvInference(options).schema(files);
  }
}
