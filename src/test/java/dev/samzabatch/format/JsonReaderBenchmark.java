package dev.samzabatch.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Sums three columns of page views, in this process and on one thread, with our reader and with Jackson's streaming
 * parser; prints rows per second of the thread's CPU time of each round, so that other load counts little, and the
 * ratio of the best ones. Run its main method; the first argument is the number of rounds.
 */
final class JsonReaderBenchmark {

  private static final int ROWS = 1_000_000;
  private static final Schema VIEWS = SchemaText.parse(
      "view_id long, member_id long, page string, country string, ts long, dwell_ms long, referrer string null");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private JsonReaderBenchmark() {}

  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? 15 : Integer.parseInt(args[0]);
    byte[] file = pageViews();
    System.out.printf(Locale.ROOT, "%d rows, %d bytes%n", ROWS, file.length);
    double[] best = new double[2];
    for (int round = 0; round < rounds; round++) {
      for (int who = 0; who < 2; who++) {
        long start = THREADS.getCurrentThreadCpuTime();
        long sum = who == 0 ? ours(file) : jackson(file);
        double millionRows = ROWS * 1e3 / (THREADS.getCurrentThreadCpuTime() - start);
        best[who] = Math.max(best[who], millionRows);
        System.out.printf(Locale.ROOT, "%-8s %5.2f M rows/s  (sum %d)%n", who == 0 ? "ours" : "jackson", millionRows,
            sum);
      }
    }
    System.out.printf(Locale.ROOT, "best: ours %.2f, Jackson %.2f M rows/s, ratio %.2f%n", best[0], best[1],
        best[0] / best[1]);
  }

  private static long ours(byte[] file) throws IOException {
    FileSplit split = new FileSplit(new MemoryFile("views.json", file), 0, file.length);
    long sum = 0;
    try (JsonReader reader =
        JsonReader.open(split, new ReadSpec(VIEWS, List.of(1, 2, 3, 5), RecordBatch.DEFAULT_ROWS))) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        sum += sum(batch);
      }
    }
    return sum;
  }

  private static long sum(RecordBatch batch) {
    long[] members = ((LongVector) batch.column(0)).values();
    int[] pages = ((BytesVector) batch.column(1)).lengths();
    BytesVector countries = (BytesVector) batch.column(2);
    long[] dwells = ((LongVector) batch.column(3)).values();
    long sum = 0;
    for (int i = 0; i < batch.rowCount(); i++) {
      boolean us = countries.data()[countries.starts()[i]] == 'U' && countries.data()[countries.starts()[i] + 1] == 'S';
      sum += members[i] + dwells[i] + pages[i] + (us ? 1 : 0);
    }
    return sum;
  }

  private static long jackson(byte[] file) throws IOException {
    long sum = 0;
    try (JsonParser parser = new JsonFactory().createParser(file)) {
      while (parser.nextToken() != null) {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
          String name = parser.currentName();
          parser.nextToken();
          switch (name) {
            case "member_id", "dwell_ms" -> sum += parser.getLongValue();
            case "page" -> sum += parser.getTextLength();
            case "country" -> sum += parser.getText().equals("US") ? 1 : 0;
            default -> parser.skipChildren();
          }
        }
      }
    }
    return sum;
  }

  private static byte[] pageViews() {
    SplittableRandom random = new SplittableRandom(42);
    String[] countries = {"US", "IN", "BR", "GB", "DE"};
    ByteArrayOutputStream out = new ByteArrayOutputStream(170 * ROWS);
    for (int i = 0; i < ROWS; i++) {
      String referrer = random.nextInt(10) == 0 ? "null" : "\"https://ref" + random.nextInt(200) + ".example.com/r\"";
      String line = "{\"view_id\":" + (1_000_000_000L + 3L * i) + ",\"member_id\":" + random.nextInt(50_000)
          + ",\"page\":\"/feed/p"
          + random.nextInt(2000) + "\",\"country\":\"" + countries[random.nextInt(5)] + "\",\"ts\":"
          + (1_750_000_000_000L + 2L * i)
          + ",\"dwell_ms\":" + random.nextInt(100_000) + ",\"referrer\":" + referrer + "}\n";
      out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
