package dev.samzabatch.format;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Decodes page views that come one by one, on one thread, in each format, and with Avro's generic reader; prints rows
 * per second of the thread's CPU time, so that other load counts little. Run its main method; the first argument is the
 * number of rounds.
 */
final class RecordDecoderBenchmark {

  private static final int DISTINCT = 50_000;
  private static final int REPEATS = 20;
  private static final Schema VIEWS = SchemaText.parse("view_id long, member_id long, page string, country string, "
      + "ts timestamp, dwell_ms long, referrer string null");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private RecordDecoderBenchmark() {}

  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? 8 : Integer.parseInt(args[0]);
    String schemaText = AvroColumns.schema(VIEWS, "views-value").toString();
    RecordFormat avro = RecordFormats.of(DataFormat.AVRO, DelimitedOptions.of(DataFormat.AVRO), Optional.empty(),
        Optional.of(schemaText));
    Map<String, Double> best = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      for (RecordFormat format : List.of(Records.JSON, Records.CSV, avro)) {
        List<byte[]> values = values(format);
        double all = ours(format, values, List.of(0, 1, 2, 3, 4, 5, 6));
        best.merge(format.name() + ", 7 of 7 columns", all, Math::max);
        best.merge(format.name() + ", 4 of 7 columns", ours(format, values, List.of(1, 2, 3, 5)), Math::max);
      }
      best.merge("avro, Avro's generic reader", generic(schemaText, values(avro)), Math::max);
    }
    best.forEach((what, rows) -> System.out.printf(Locale.ROOT, "%-30s %5.2f M rows/s%n", what, rows));
  }

  private static double ours(RecordFormat format, List<byte[]> values, List<Integer> columns) throws IOException {
    RecordDecoder decoder = format.decoder(new ReadSpec(VIEWS, columns, RecordBatch.DEFAULT_ROWS));
    long start = THREADS.getCurrentThreadCpuTime();
    long rows = 0;
    decoder.begin();
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      for (byte[] value : values) {
        decoder.add(value, 0, value.length);
        if (decoder.isFull()) {
          rows += decoder.batch().rowCount();
          decoder.begin();
        }
      }
    }
    rows += decoder.rows();
    return perSecond(rows, start);
  }

  private static double generic(String schemaText, List<byte[]> values) throws IOException {
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(new org.apache.avro.Schema.Parser().parse(schemaText));
    GenericRecord record = null;
    BinaryDecoder decoder = null;
    long start = THREADS.getCurrentThreadCpuTime();
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      for (byte[] value : values) {
        decoder = DecoderFactory.get().binaryDecoder(value, decoder);
        record = reader.read(record, decoder);
      }
    }
    return perSecond((long) REPEATS * values.size(), start);
  }

  private static double perSecond(long rows, long startNanos) {
    return rows * 1e3 / (THREADS.getCurrentThreadCpuTime() - startNanos);
  }

  private static List<byte[]> values(RecordFormat format) throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    String[] countries = {"US", "IN", "BR", "GB", "DE"};
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < DISTINCT; i++) {
      String referrer = random.nextInt(10) == 0 ? null : "https://ref" + random.nextInt(200) + ".example.com/r";
      rows.add(Arrays.asList(1_000_000_000L + 3L * i, (long) random.nextInt(50_000), "/feed/p" + random.nextInt(2000),
          countries[random.nextInt(5)], Values.fromLong(VIEWS.type(4), 1_750_000_000_000_000L + 2_000L * i),
          (long) random.nextInt(100_000), referrer));
    }
    return Records.encoded(format, VIEWS, rows);
  }
}
