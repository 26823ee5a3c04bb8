package dev.samzabatch.system.kafka;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.format.RecordFormat;
import dev.samzabatch.job.EventTime;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.TopicInput;
import dev.samzabatch.job.TopicInput.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all readers of an input of topics read.
 *
 * @param input of topics
 * @param format of the values
 * @param spec its schema has the columns of {@link #schema}; those that are wanted may be of any kind
 */
public record TopicScan(InputSpec input, RecordFormat format, ReadSpec spec) {

  /**
   * The columns of an input: those of its values, and behind them those of the other parts of a record.
   *
   * @throws UserException when a column of the values has the name of another part's
   */
  public static Schema schema(Schema value, InputSpec input) {
    TopicInput topic = input.topic().orElseThrow();
    List<Field> fields = new ArrayList<>(value.fields());
    topic.metadata().forEach((name, part) -> {
      if (value.indexOf(name) >= 0) {
        throw new UserException(Problem.error("SB-4313", input.place(), "inputs." + input.name() + ".metadata." + name
            + " has the name of a column of the records", "give it another name"));
      }
      boolean nullable = part == Part.KEY || part == Part.HEADERS;
      fields.add(new Field(name, type(part, topic.keyAsBytes()), nullable));
    });
    return new Schema(fields);
  }

  private static DataType type(Part part, boolean keyAsBytes) {
    return switch (part) {
      case KEY -> keyAsBytes ? ScalarType.BYTES : ScalarType.STRING;
      case TOPIC -> ScalarType.STRING;
      case PARTITION -> ScalarType.INT;
      case OFFSET -> ScalarType.LONG;
      case TIMESTAMP -> ScalarType.TIMESTAMP;
      case HEADERS -> new MapType(ScalarType.STRING, ScalarType.STRING, true);
    };
  }

  /** How the topics are read. */
  TopicInput topic() {
    return input.topic().orElseThrow();
  }

  /** Which column is the time of a row. */
  Optional<EventTime> eventTime() {
    return input.eventTime();
  }
}
