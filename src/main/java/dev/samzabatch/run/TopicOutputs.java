package dev.samzabatch.run;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.format.RecordFormat;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.job.TopicOutput;
import dev.samzabatch.job.TopicOutput.Publish;
import dev.samzabatch.system.kafka.KafkaClients;
import dev.samzabatch.system.kafka.TopicAdmin;
import dev.samzabatch.system.kafka.TopicSink;
import dev.samzabatch.system.kafka.TopicTarget;
import dev.samzabatch.system.kafka.TopicWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** The outputs of a job that are topics. Thread-safe; what it opens belongs to one thread. */
final class TopicOutputs {

  private final Map<String, OutputSpec> outputs;
  private final Function<OutputSpec, Schema> schemas;
  private final Buses buses;

  /**
   * The topics among these outputs.
   *
   * @param schemas the columns of an output's rows
   */
  TopicOutputs(Map<String, OutputSpec> outputs, Function<OutputSpec, Schema> schemas, Buses buses) {
    this.outputs = outputs;
    this.schemas = schemas;
    this.buses = buses;
  }

  /** The names of the outputs that are published in this way. */
  static Set<String> names(Map<String, OutputSpec> outputs, Publish publish) {
    Set<String> names = new LinkedHashSet<>();
    outputs.values().stream().filter(o -> o.topic().filter(t -> t.publish() == publish).isPresent())
        .forEach(o -> names.add(o.name()));
    return names;
  }

  /** What is wrong with the columns that the outputs name; nothing is connected. */
  static List<Problem> misnamed(Map<String, OutputSpec> outputs, Function<OutputSpec, Schema> schemas) {
    List<Problem> problems = new ArrayList<>();
    for (OutputSpec output : outputs.values()) {
      output.topic().ifPresent(topic -> new Columns(output, schemas.apply(output), problems).check(topic));
    }
    return problems;
  }

  /** The columns that one output names. */
  private record Columns(OutputSpec output, Schema schema, List<Problem> problems) {

    void check(TopicOutput topic) {
      topic.record().key().forEach(c -> any("key", c));
      topic.record().value().forEach(c -> any("value", c));
      topic.record().headers().values().forEach(c -> any("headers", c));
      topic.partitionBy().forEach(c -> any("partition-by", c));
      topic.record().timestamp().ifPresent(c -> typed("timestamp", c, Set.of(ScalarType.TIMESTAMP)));
      topic.partition().ifPresent(c -> typed("partition", c, Set.of(ScalarType.INT, ScalarType.LONG)));
    }

    private Optional<Field> any(String key, String column) {
      int index = schema.indexOf(column);
      if (index < 0) {
        problems.add(Problem.error("SB-4350", output.place(),
            "outputs." + output.name() + "." + key + " names the column \"" + column + "\", which "
                + output.from().name() + " does not have",
            "its columns: " + String.join(", ", schema.names())));
        return Optional.empty();
      }
      return Optional.of(schema.field(index));
    }

    private void typed(String key, String column, Set<ScalarType> types) {
      any(key, column).filter(f -> !types.contains(f.type())).ifPresent(f -> problems.add(Problem.error("SB-4351",
          output.place(), "outputs." + output.name() + "." + key + " is the column \"" + column + "\" of type "
              + f.type() + ", expected " + types.iterator().next(),
          "cast it in a select: cast(" + column + " as " + types.iterator().next() + ") as " + column)));
    }
  }

  /**
   * Looks whether every topic is there, or may be made.
   *
   * @return what stands against it
   */
  List<Problem> missing() throws IOException {
    List<Problem> problems = new ArrayList<>();
    for (OutputSpec output : outputs.values()) {
      if (output.topic().isPresent() && partitions(output).isEmpty() && output.topic().get().create().isEmpty()) {
        problems.add(Problem.error("SB-4352", output.location().place(),
            "output \"" + output.name() + "\": there is no topic " + output.location().path() + " in system "
                + output.location().system(),
            "create it, or let the job do so: outputs." + output.name() + ".create { partitions = 8 }"));
      }
    }
    return problems;
  }

  private OptionalInt partitions(OutputSpec output) throws IOException {
    return new TopicAdmin(clients(output)).partitions(output.location().path());
  }

  private KafkaClients clients(OutputSpec output) {
    return buses.clients(output.location().system());
  }

  /** Creates the topics that are missing and may be made. */
  void create() throws IOException {
    for (OutputSpec output : outputs.values()) {
      if (output.topic().isPresent() && partitions(output).isEmpty()) {
        TopicOutput.CreateTopic wish = output.topic().get().create().orElseThrow();
        new TopicAdmin(clients(output)).create(output.location().path(), wish);
      }
    }
  }

  /** Rows of an output that go there. */
  TopicWriter rows(String output, TopicSink sink) throws IOException {
    OutputSpec spec = outputs.get(output);
    String system = spec.location().system();
    RecordFormat format =
        buses.format(system, spec.encoding().format(), spec.encoding().delimited(), Optional.empty());
    RecordFormat keys =
        buses.format(system, DataFormat.JSON, DelimitedOptions.of(DataFormat.JSON), Optional.empty());
    TopicTarget target =
        new TopicTarget(spec.location().path(), partitions(spec).orElseThrow(), spec.topic().orElseThrow());
    return new TopicWriter(target, schemas.apply(spec), format, keys, sink);
  }
}
