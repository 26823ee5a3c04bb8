package dev.samzabatch.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Verifies what the job {@code order.conf} has published, row by row, in constant memory: all rows of
 * {@link LargeInputs}' {@code order}, each once, in order. Arguments: the published directory, the number of rows.
 */
public final class OrderedRows {

  private OrderedRows() {}

  /** See the class comment; ends with an exception at the first row that is wrong. */
  public static void main(String... args) throws IOException {
    System.out.println(verify(Path.of(args[0]), Long.parseLong(args[1])) + " rows, each as expected");
  }

  static long verify(Path directory, long rows) throws IOException {
    long next = 0;
    for (Path part : parts(directory)) {
      try (BufferedReader reader = Files.newBufferedReader(part, StandardCharsets.US_ASCII)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          if (!line.equals("k,v")) {
            verify(line, next++, part);
          }
        }
      }
    }
    if (next != rows) {
      throw new IllegalStateException(directory + " has " + next + " rows instead of " + rows);
    }
    return next;
  }

  private static List<Path> parts(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().startsWith("part-")).sorted().toList();
    }
  }

  private static void verify(String line, long number, Path part) {
    String expected = number * LargeInputs.ORDER_STEP + "," + number % 1000;
    if (!line.equals(expected)) {
      throw new IllegalStateException(part + ": row " + number + " is " + line + " instead of " + expected);
    }
  }
}
