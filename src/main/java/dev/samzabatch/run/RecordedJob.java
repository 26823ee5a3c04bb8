package dev.samzabatch.run;

import dev.samzabatch.job.CheckSpec;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Location;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.job.SqlText;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.system.PartitionRange;
import dev.samzabatch.system.file.LocalFile;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What a run found when it began, as far as it must be the same when the run is resumed. It stands in the manifest; a
 * resume makes it again from what it finds by then, and {@link JobChanges} tells the differences.
 *
 * @param planHash hash of the plan
 * @param steps a checksum of what each step does, by name, so that a change can be told by name
 * @param inputs files of each input by path
 * @param ranges what is read of each partition of each input of topics
 * @param streams where its internal streams are
 * @param readings how each input is read
 * @param outputs where and how each output is written
 * @param checks what each check asks for
 */
record RecordedJob(
    String planHash,
    Map<String, String> steps,
    Map<String, Map<String, InputFile>> inputs,
    Map<String, List<PartitionRange>> ranges,
    String streams,
    Map<String, String> readings,
    Map<String, String> outputs,
    Map<String, String> checks) {

  /** Size in bytes and time of the last change in milliseconds since 1970. */
  record InputFile(long bytes, long modified) {}

  /** What there is now. */
  static RecordedJob of(PreparedJob job) {
    Map<String, Map<String, InputFile>> inputs = new LinkedHashMap<>();
    Map<String, List<PartitionRange>> ranges = new LinkedHashMap<>();
    Map<String, String> readings = new LinkedHashMap<>();
    Map<String, String> outputs = new LinkedHashMap<>();
    Map<String, String> checks = new LinkedHashMap<>();
    job.inputs().forEach((name, input) -> {
      Map<String, InputFile> files = new LinkedHashMap<>();
      // Of a directory that grows the files are not those of the run: they come and go.
      List<LocalFile> found = input.planned().unbounded() ? List.of() : input.found();
      for (LocalFile file : found) {
        files.put(file.path().toString(), new InputFile(file.length(), file.modified()));
      }
      inputs.put(name, files);
      input.records().ifPresent(r -> ranges.put(name, input.planned().ranges().orElseThrow()));
    });
    job.spec().inputs().forEach((name, input) -> readings.put(name, text(input, job)));
    job.spec().outputs().forEach((name, output) -> outputs.put(name, text(output)));
    job.spec().checks().forEach((name, check) -> checks.put(name, text(check)));
    return new RecordedJob(job.plan().hash(), steps(job), inputs, ranges, streams(job.spec()), readings, outputs,
        checks);
  }

  private static String streams(JobSpec job) {
    String rows = job.run().streamsOn().system().orElse("local");
    String commits = StreamSystems.commitsOn(job).orElse("local");
    return rows.equals(commits) ? rows : rows + ", with commits on " + commits;
  }

  private static Map<String, String> steps(PreparedJob job) {
    Map<String, StringBuilder> texts = new TreeMap<>();
    for (Stage stage : job.plan().stages()) {
      for (PlannedOperator operator : stage.operators()) {
        texts.computeIfAbsent(operator.step(), s -> new StringBuilder())
            .append(operator.work()).append(operator.schema()).append('\n');
      }
    }
    Map<String, String> steps = new LinkedHashMap<>();
    texts.forEach((step, text) -> steps.put(step, checksum(text.toString().replace(job.plan().runId(), "RUN"))));
    return steps;
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  private static String text(InputSpec input, PreparedJob job) {
    return encoding(input.format(), input.delimited())
        + input.compression().map(c -> ", compress = " + word(c)).orElse("") + ", split = " + input.split()
        + input.topic().map(t -> ", topics " + input.locations().stream().map(RecordedJob::text).toList() + ", " + t)
            .orElse("")
        + input.eventTime().map(t -> ", " + t).orElse("")
        + ", schema = " + job.inputs().get(input.name()).schema();
  }

  /** Where and how an output is written. */
  static String text(OutputSpec output) {
    OutputSpec.Encoding encoding = output.encoding();
    return output.from().name() + " to " + text(output.location()) + ", "
        + encoding(encoding.format(), encoding.delimited()) + ", compress = " + word(encoding.compression())
        + (output.files().isPresent() ? ", files = " + output.files().getAsInt() : "") + ", mode = "
        + word(output.mode()) + ", if-empty = " + word(output.ifEmpty()) + output.topic().map(t -> ", " + t).orElse("");
  }

  private static String text(Location location) {
    return (location.system().isEmpty() ? "" : location.system() + ":") + location.path();
  }

  private static String encoding(DataFormat format, DelimitedOptions options) {
    if (!format.isDelimited()) {
      return "format = " + word(format);
    }
    return "format = " + word(format) + ", header = " + options.header().map(Object::toString).orElse("auto")
        + ", delimiter = '" + options.delimiter() + "', quote = " + options.quote().map(Object::toString).orElse("none")
        + ", escape = " + options.escape().map(Object::toString).orElse("none") + ", null-text = \""
        + options.nullText() + '"';
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String text(CheckSpec check) {
    CheckSpec.Rule rule = check.rule();
    String text;
    if (rule instanceof CheckSpec.Rows rows) {
      text = "rows from " + rows.least() + (rows.most() == Long.MAX_VALUE ? " up" : " to " + rows.most());
    } else if (rule instanceof CheckSpec.Unique unique) {
      text = "unique " + unique.columns().stream().map(SqlText::text).toList();
    } else {
      CheckSpec.TrueFor share = (CheckSpec.TrueFor) rule;
      text = "true for " + share.atLeast() + " of " + share.condition().text();
    }
    return text + " on " + check.on().name() + ", else = " + word(check.otherwise());
  }

  Map<String, Object> toMap() {
    Map<String, Object> files = new LinkedHashMap<>();
    inputs.forEach((name, input) -> {
      Map<String, Object> byPath = new LinkedHashMap<>();
      input.forEach((path, file) -> byPath.put(path, List.of(file.bytes(), file.modified())));
      files.put(name, byPath);
    });
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("plan.hash", planHash);
    object.put("steps", steps);
    object.put("inputs", files);
    Map<String, Object> partitions = new LinkedHashMap<>();
    ranges.forEach((name, all) -> partitions.put(name,
        all.stream().map(r -> List.of(r.topic(), r.partition(), r.start(), r.end())).toList()));
    object.put("ranges", partitions);
    object.put("streams", streams);
    object.put("readings", readings);
    object.put("outputs", outputs);
    object.put("checks", checks);
    return object;
  }

  static RecordedJob of(Map<?, ?> object) {
    Map<String, Map<String, InputFile>> inputs = new LinkedHashMap<>();
    ((Map<?, ?>) object.get("inputs")).forEach((name, files) -> {
      Map<String, InputFile> byPath = new LinkedHashMap<>();
      ((Map<?, ?>) files).forEach((path, file) -> {
        List<?> facts = (List<?>) file;
        long bytes = ((Number) facts.get(0)).longValue();
        byPath.put(path.toString(), new InputFile(bytes, ((Number) facts.get(1)).longValue()));
      });
      inputs.put(name.toString(), byPath);
    });
    Map<String, List<PartitionRange>> ranges = new LinkedHashMap<>();
    ((Map<?, ?>) object.get("ranges")).forEach((name, all) -> ranges.put(name.toString(),
        ((List<?>) all).stream().map(r -> range((List<?>) r)).toList()));
    return new RecordedJob(object.get("plan.hash").toString(), texts(object, "steps"), inputs, ranges,
        object.get("streams").toString(),
        texts(object, "readings"), texts(object, "outputs"), texts(object, "checks"));
  }

  private static PartitionRange range(List<?> facts) {
    return new PartitionRange(facts.get(0).toString(), ((Number) facts.get(1)).intValue(),
        ((Number) facts.get(2)).longValue(), ((Number) facts.get(3)).longValue());
  }

  private static Map<String, String> texts(Map<?, ?> object, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    ((Map<?, ?>) object.get(key)).forEach((name, value) -> texts.put(name.toString(), value.toString()));
    return texts;
  }
}
