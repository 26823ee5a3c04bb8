package dev.samzabatch.run;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.Format;
import dev.samzabatch.format.Formats;
import dev.samzabatch.format.RecordFormat;
import dev.samzabatch.format.SourceFile;
import dev.samzabatch.job.Compression;
import dev.samzabatch.job.EventTime;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.system.PartitionRange;
import dev.samzabatch.system.file.FileListing;
import dev.samzabatch.system.file.LocalFile;
import dev.samzabatch.system.file.Splits;
import dev.samzabatch.system.kafka.KafkaClients;
import dev.samzabatch.system.kafka.TopicOffsets;
import dev.samzabatch.system.kafka.TopicSample;
import dev.samzabatch.system.kafka.TopicScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the files of inputs, their formats and, where none is declared, their schemas. */
public final class InputFinder {

  /** About how much larger the contents of a compressed file are than the file. */
  private static final long EXPANSION = 5;

  /** Longer names of columns are no names: what was read is not what it was taken for. */
  private static final int MAX_NAME_LENGTH = 1_000;

  private static final int SHOWN_NAME_LENGTH = 40;

  private InputFinder() {}

  /**
   * Finds an input.
   *
   * @param containers how many threads will read it
   * @throws UserException when files are missing or unreadable, or no schema can be inferred
   */
  public static FoundInput find(InputSpec input, int containers) {
    List<LocalFile> files = FileListing.list(input.locations());
    Format format = Formats.of(input);
    Schema schema = input.schema().isPresent() ? input.schema().get() : infer(input, format, files);
    List<FileSplit> splits = Splits.cut(files, f -> input.split() && format.splittable(f), containers);
    long bytes = files.stream().mapToLong(f -> size(input, f)).sum();
    PlannedInput planned = input.lookEvery().isEmpty()
        ? new PlannedInput(input.name(), schema, splits, bytes)
        : new PlannedInput(input.name(), schema, List.of(), bytes, Optional.of(List.of()), true, eventTime(input));
    return new FoundInput(
        Optional.of(format), Optional.empty(), files, schema, input.schema().isEmpty(), planned);
  }

  /**
   * Finds an input that is a topic, or several.
   *
   * @param begun what of each partition is read by a run that has begun already; empty to fix that now
   */
  static FoundInput findTopics(InputSpec input, Buses buses, Optional<List<PartitionRange>> begun) throws IOException {
    String system = input.locations().get(0).system();
    KafkaClients clients = buses.clients(system);
    Optional<String> avro =
        input.avroSchema().isEmpty() ? Optional.empty()
            : Optional.of(Files.readString(Path.of(input.avroSchema().get())));
    RecordFormat format = buses.format(system, input.format(), input.delimited(), avro);
    List<PartitionRange> ranges = begun.isPresent() ? begun.get() : TopicOffsets.resolve(clients, input);
    TopicSample sample = TopicSample.of(clients, input, ranges);
    Schema value =
        input.schema().isPresent() ? input.schema().get()
            : format.infer(sample.values(), input.locations().get(0).place());
    Schema schema = TopicScan.schema(value, input);
    PlannedInput planned = new PlannedInput(input.name(), schema, List.of(), sample.estimatedBytes(ranges),
        Optional.of(ranges), input.isUnbounded(), eventTime(input));
    return new FoundInput(
        Optional.empty(), Optional.of(format), List.of(), schema, input.schema().isEmpty(), planned);
  }

  private static Optional<String> eventTime(InputSpec input) {
    return input.eventTime().map(EventTime::column);
  }

  private static Schema infer(InputSpec input, Format format, List<LocalFile> files) {
    if (files.isEmpty()) {
      throw problem(input, "SB-4005", "input \"" + input.name() + "\" has no files, so no schema can be inferred",
          "put files there, or declare the schema, for example schema = \"id long, name string null\": "
              + "then it has no rows");
    }
    try {
      Schema schema = format.infer(List.<SourceFile>copyOf(files));
      refuseLongNames(input, schema);
      return schema;
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }

  private static void refuseLongNames(InputSpec input, Schema schema) {
    for (String name : schema.names()) {
      if (name.length() > MAX_NAME_LENGTH) {
        String start = name.substring(0, SHOWN_NAME_LENGTH) + "...";
        throw problem(input, "SB-4006",
            String.format(Locale.ROOT, "input \"%s\" has a column with a name of %,d characters: %s",
                input.name(), name.length(), start),
            "is this really a file of such records? "
                + "If a CSV file has no header, set header = false; else declare the schema");
      }
    }
  }

  private static UserException problem(InputSpec input, String code, String message, String hint) {
    return new UserException(Problem.error(code, input.locations().get(0).place(), message, hint));
  }

  private static long size(InputSpec input, LocalFile file) {
    Compression compression =
        input.compression().or(() -> Compression.ofPath(file.name())).orElse(Compression.NONE);
    return compression == Compression.NONE ? file.length() : file.length() * EXPANSION;
  }
}
