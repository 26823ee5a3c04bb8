package dev.samzabatch.format;

import java.io.IOException;
import java.io.InputStream;

/** A file to read, in whatever system it lies. Its bytes do not change while it is read. Thread-safe. */
public interface SourceFile {

  /** The name as a person would write it, for messages and as the place of bad records. */
  String name();

  /** Size in bytes as it lies in the system, compressed or not. */
  long length();

  /** Opens the bytes as they lie in the system, from this offset on. The caller closes the stream. */
  InputStream open(long offset) throws IOException;
}
