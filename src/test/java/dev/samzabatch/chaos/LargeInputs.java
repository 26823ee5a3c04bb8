package dev.samzabatch.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes inputs that are larger than memory, whose results are known without computing them. The same arguments give
 * the same bytes.
 *
 * <pre>
 * LargeInputs groups DIR [rows=50000000] [keys=40000000] [seed=1] [files=4] [format=csv|json]
 * LargeInputs pairs  DIR [rows=10000000]                 [seed=1] [files=4] [format=csv|json]
 * LargeInputs order  DIR [rows=50000000]                 [seed=1] [files=4] [format=csv|json]
 *
 * groups   DIR/rows/        row i, in a random order: k = i mod keys, v = k mod 1000
 * pairs    DIR/left/        every k below rows once, in a random order, with v = k mod 1000
 *          DIR/right/       the same in another random order, with v = k mod 977
 * order    DIR/rows/        every i below rows once, in a random order: k = i * 1000003, v = i mod 1000
 * </pre>
 *
 * The jobs over them are {@code src/test/resources/chaos/*.conf}; their checks hold what must come out, and
 * {@link OrderedRows} verifies what the third one has published.
 */
public final class LargeInputs {

  /** Distance between two neighbouring keys of the rows to order, so that they need more bits than an int has. */
  static final long ORDER_STEP = 1_000_003;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ROW_BYTES = 128;

  private final boolean json;
  private final int files;

  private LargeInputs(boolean json, int files) {
    this.json = json;
    this.files = files;
  }

  /** What stands in a place of an input. */
  private interface Row {
    long key(long place);

    long value(long place);
  }

  /** See the class comment. */
  public static void main(String... args) throws IOException {
    if (args.length < 2) {
      throw new IllegalArgumentException("say: groups|pairs|order DIR [rows=N] [keys=N] [seed=N] [files=N] [format=F]");
    }
    Map<String, String> given = new HashMap<>();
    for (String option : List.of(args).subList(2, args.length)) {
      String[] pair = option.split("=", 2);
      given.put(pair[0], pair[1]);
    }
    int files = Integer.parseInt(given.getOrDefault("files", "4"));
    long seed = Long.parseLong(given.getOrDefault("seed", "1"));
    LargeInputs inputs = new LargeInputs(given.getOrDefault("format", "csv").equals("json"), files);
    Path directory = Path.of(args[1]);
    String rows = given.get("rows");
    switch (args[0]) {
      case "groups" -> {
        long keys = Long.parseLong(given.getOrDefault("keys", "40000000"));
        inputs.groups(directory, number(rows, 50_000_000), keys, seed);
      }
      case "pairs" -> inputs.pairs(directory, number(rows, 10_000_000), seed);
      case "order" -> inputs.order(directory, number(rows, 50_000_000), seed);
      default -> throw new IllegalArgumentException("no such inputs: " + args[0]);
    }
  }

  private static long number(String text, long usual) {
    return text == null ? usual : Long.parseLong(text);
  }

  private void groups(Path directory, long rows, long keys, long seed) throws IOException {
    Permutation order = new Permutation(rows, seed);
    write(directory.resolve("rows"), rows, new Row() {
      @Override
      public long key(long place) {
        return order.at(place) % keys;
      }

      @Override
      public long value(long place) {
        return key(place) % 1000;
      }
    });
  }

  private void pairs(Path directory, long rows, long seed) throws IOException {
    side(directory.resolve("left"), rows, seed, 1000);
    side(directory.resolve("right"), rows, seed + 1, 977);
  }

  private void side(Path directory, long rows, long seed, long modulus) throws IOException {
    Permutation order = new Permutation(rows, seed);
    write(directory, rows, new Row() {
      @Override
      public long key(long place) {
        return order.at(place);
      }

      @Override
      public long value(long place) {
        return key(place) % modulus;
      }
    });
  }

  private void order(Path directory, long rows, long seed) throws IOException {
    Permutation order = new Permutation(rows, seed);
    write(directory.resolve("rows"), rows, new Row() {
      @Override
      public long key(long place) {
        return order.at(place) * ORDER_STEP;
      }

      @Override
      public long value(long place) {
        return order.at(place) % 1000;
      }
    });
  }

  private void write(Path directory, long rows, Row row) throws IOException {
    Files.createDirectories(directory);
    for (int file = 0; file < files; file++) {
      Path path = directory.resolve("part-" + file + (json ? ".json" : ".csv"));
      try (OutputStream out = Files.newOutputStream(path)) {
        write(out, rows * file / files, rows * (file + 1) / files, row);
      }
    }
  }

  private void write(OutputStream out, long from, long to, Row row) throws IOException {
    byte[] beforeKey = bytes(json ? "{\"k\":" : "");
    byte[] beforeValue = bytes(json ? ",\"v\":" : ",");
    byte[] behind = bytes(json ? "}\n" : "\n");
    byte[] buffer = new byte[BUFFER_BYTES];
    int length = json ? 0 : copy(bytes("k,v\n"), buffer, 0);
    for (long place = from; place < to; place++) {
      length = copy(beforeKey, buffer, length);
      length = digits(row.key(place), buffer, length);
      length = copy(beforeValue, buffer, length);
      length = digits(row.value(place), buffer, length);
      length = copy(behind, buffer, length);
      if (length > BUFFER_BYTES - ROW_BYTES) {
        out.write(buffer, 0, length);
        length = 0;
      }
    }
    out.write(buffer, 0, length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int copy(byte[] bytes, byte[] buffer, int at) {
    System.arraycopy(bytes, 0, buffer, at, bytes.length);
    return at + bytes.length;
  }

  /** Writes a number that is not negative. */
  private static int digits(long number, byte[] buffer, int at) {
    int end = at + 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      end++;
    }
    long rest = number;
    for (int i = end - 1; i >= at; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }
}
