package dev.samzabatch.format;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A file that lies in memory. */
record MemoryFile(String name, byte[] bytes) implements SourceFile {

  static MemoryFile of(String name, String text) {
    return new MemoryFile(name, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public InputStream open(long offset) {
    int from = (int) Math.min(offset, bytes.length);
    return new ByteArrayInputStream(bytes, from, bytes.length - from);
  }

  /** All of it as one split. */
  FileSplit whole() {
    return new FileSplit(this, 0, Long.MAX_VALUE);
  }
}
