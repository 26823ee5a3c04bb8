package dev.samzabatch.format;

import dev.samzabatch.data.Schema;
import dev.samzabatch.job.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Files of JSON objects: one a line, or all of them as the elements of one array. Columns are found by their keys, in
 * any order; other keys are passed over. A key that is missing is null; of one that comes twice the last value counts.
 * See {@link JsonColumn} for how values are written. Lines are what is written.
 */
final class JsonFormat implements Format {

  @Override
  public String name() {
    return "json";
  }

  /** Lines may be cut anywhere, an array is read as a whole. A file that cannot be opened fails when it is read. */
  @Override
  public boolean splittable(SourceFile file) {
    try {
      return Packing.of(file) == Compression.NONE && !JsonElements.isArray(file);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public BatchReader openReader(FileSplit split, ReadSpec spec) throws IOException {
    return JsonReader.open(split, spec);
  }

  @Override
  public BatchWriter openWriter(OutputStream out, Schema schema) {
    return new JsonWriter(out, schema);
  }

  @Override
  public Schema infer(List<SourceFile> files) throws IOException {
    return JsonInference.schema(files);
  }
}
