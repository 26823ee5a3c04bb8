package dev.samzabatch.format;

import dev.samzabatch.job.Compression;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file whose compression is given, whatever its name tells.
 *
 * @param file the file
 * @param compression how it is packed
 */
record PackedFile(SourceFile file, Compression compression) implements SourceFile {

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long length() {
    return file.length();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    return file.open(offset);
  }
}
