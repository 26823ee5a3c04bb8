package dev.samzabatch.format;

import dev.samzabatch.data.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A file format with its options. Immutable and thread-safe; what it opens is neither. Made by {@link Formats}. */
public interface Format {

  /** Its name in the job file. */
  String name();

  /**
   * Whether the file may be cut anywhere: the format finds record starts by itself and the bytes are not compressed.
   */
  boolean splittable(SourceFile file);

  /** Opens a reader. */
  BatchReader openReader(FileSplit split, ReadSpec spec) throws IOException;

  /** Opens a writer of records of this schema to the (already compressing) stream. */
  BatchWriter openWriter(OutputStream out, Schema schema) throws IOException;

  /** Opens a writer that goes on behind records of the same file: it writes nothing that a file begins with. */
  default BatchWriter continueWriter(OutputStream out, Schema schema) throws IOException {
    return openWriter(out, schema);
  }

  /**
   * The schema that a sample of the records of all these files suggests.
   *
   * @throws dev.samzabatch.data.UserException when there is nothing to infer from, or the files contradict each other
   */
  Schema infer(List<SourceFile> files) throws IOException;
}
