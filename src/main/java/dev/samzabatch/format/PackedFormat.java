package dev.samzabatch.format;

import dev.samzabatch.data.Schema;
import dev.samzabatch.job.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A format of files whose compression is given, whatever their names tell. */
record PackedFormat(Format format, Compression compression) implements Format {

  @Override
  public String name() {
    return format.name();
  }

  @Override
  public boolean splittable(SourceFile file) {
    return format.splittable(packed(file));
  }

  @Override
  public BatchReader openReader(FileSplit split, ReadSpec spec) throws IOException {
    return format.openReader(new FileSplit(packed(split.file()), split.start(), split.end()), spec);
  }

  @Override
  public BatchWriter openWriter(OutputStream out, Schema schema) throws IOException {
    return format.openWriter(out, schema);
  }

  @Override
  public BatchWriter continueWriter(OutputStream out, Schema schema) throws IOException {
    return format.continueWriter(out, schema);
  }

  @Override
  public Schema infer(List<SourceFile> files) throws IOException {
    return format.infer(files.stream().map(this::packed).toList());
  }

  private SourceFile packed(SourceFile file) {
    return new PackedFile(file, compression);
  }

  /** The file, with this compression if it is given. */
  static SourceFile packed(SourceFile file, Optional<Compression> compression) {
    return compression.isPresent() ? new PackedFile(file, compression.get()) : file;
  }
}
