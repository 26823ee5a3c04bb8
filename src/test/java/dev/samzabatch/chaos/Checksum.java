package dev.samzabatch.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What tells two sets of rows apart, whatever the order and the files in which they lie.
 *
 * @param rows how many lines there are
 * @param sum of the hashes of all lines
 * @param xor of the hashes of all lines
 */
record Checksum(long rows, long sum, long xor) {

  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** Of all files below a path, but for those whose names start with '_' or '.'. */
  static Checksum of(Path output) throws IOException {
    long[] sums = new long[3];
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.getFileName().toString().matches("[_.].*")) {
          add(file, sums);
        }
      }
    }
    return new Checksum(sums[0], sums[1], sums[2]);
  }

  private static void add(Path file, long[] sums) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long hash = FNV_OFFSET;
      int length = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          sums[0]++;
          sums[1] += hash;
          sums[2] ^= hash;
          hash = FNV_OFFSET;
          length = 0;
        } else {
          hash = (hash ^ next) * FNV_PRIME;
          length++;
        }
      }
      if (length > 0) {
        throw new IOException(file + " ends within a line");
      }
    }
  }
}
