package dev.samzabatch.format;

/**
 * A part of a file that is read by itself. A record belongs to the split in which its first byte lies, so that the
 * splits of a file together give each record once.
 *
 * @param file the file
 * @param start offset of the first byte; 0 for a file that cannot be split
 * @param end offset behind the last byte; {@link Long#MAX_VALUE} for "to the end", as in a compressed file
 */
public record FileSplit(SourceFile file, long start, long end) {

  @Override
  public String toString() {
    return start == 0 && end == Long.MAX_VALUE ? file.name() : file.name() + "[" + start + ".." + end + ")";
  }
}
