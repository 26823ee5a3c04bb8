package dev.samzabatch.report;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.Location;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.run.FoundInput;
import dev.samzabatch.run.InputFinder;
import dev.samzabatch.run.PreparedJob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The first rows of a published output, read back from where they were published. */
public final class ResultHead {

  private ResultHead() {}

  /**
   * The first rows as lines of a table; none when there are no rows, or they cannot be read back.
   *
   * @param output name of an output of the job that is not standard output
   */
  public static List<String> of(PreparedJob job, String output, int rows) {
    OutputSpec spec = job.spec().outputs().get(output);
    Schema schema = job.schema(spec.from().name());
    try {
      FoundInput found = InputFinder.find(asInput(spec, schema), 1);
      for (FileSplit split : found.planned().splits()) {
        List<String> lines = head(found, split, rows);
        if (!lines.isEmpty()) {
          return lines;
        }
      }
      return List.of();
    } catch (UserException | IOException e) {
      // It is published; that somebody has moved it meanwhile is no failure of the run.
      return List.of();
    }
  }

  private static InputSpec asInput(OutputSpec spec, Schema schema) {
    Location location =
        new Location(spec.location().written(), spec.location().system(), spec.location().path(), spec.place());
    return new InputSpec(spec.name(), spec.place(), List.of(location), spec.encoding().format(),
        spec.encoding().delimited(), Optional.of(schema), Optional.of(spec.encoding().compression()), false,
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static List<String> head(FoundInput found, FileSplit split, int rows) throws IOException {
    List<Integer> all = IntStream.range(0, found.schema().size()).boxed().toList();
    ReadSpec spec = new ReadSpec(found.schema(), all, rows);
    try (BatchReader reader = found.format().openReader(split, spec)) {
      RecordBatch batch = reader.next();
      return batch == null ? List.of() : RowText.table(found.schema(), List.of(batch), rows).lines();
    }
  }
}
