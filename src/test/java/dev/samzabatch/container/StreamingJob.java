package dev.samzabatch.container;

import dev.samzabatch.data.Schema;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Overrides;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlanOptions;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.plan.Planner;
import dev.samzabatch.plan.StreamingOptions;
import dev.samzabatch.sql.SqlCompiler;
import dev.samzabatch.system.PartitionRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Plans of jobs over two topics without end and a small file, for tests that give them rows without Kafka. The step
 * {@code out} goes to a topic whose key is {@code page}.
 */
public final class StreamingJob {

  /** What the test jobs read and write. */
  private static final String ENDS =
      """
          job = test, mode = streaming
          systems { bus { type = kafka, bootstrap.servers = "localhost:1" } }
          inputs {
            views  { uri = "bus:views", format = json, schema = "page string, ts timestamp, n long", event-time { on = ts } }
            clicks { uri = "bus:clicks", format = json, schema = "page string, at timestamp, m long", event-time { on = at } }
            pages  { uri = "pages.json", schema = "page string, title string" }
          }
          """;

  private static final String OUTPUT =
      "outputs { out { from = out, uri = \"bus:out\", format = json, key = [page] } }\n";

  private StreamingJob() {}

  /** The plan of a job with these steps, of which {@code out} is written unless outputs are there too. */
  public static JobPlan plan(Path folder, String rest, int partitions, int containers) throws IOException {
    Path file = folder.resolve("job.conf");
    Files.writeString(file, ENDS + (rest.contains("outputs") ? "" : OUTPUT) + rest);
    JobSpec job =
        JobLoader.load(new JobRequest(file, Overrides.NONE, "run", ZonedDateTime.parse("2026-11-22T15:30:00Z")));
    Map<String, Schema> schemas = new LinkedHashMap<>();
    Map<String, PlannedInput> inputs = new LinkedHashMap<>();
    for (InputSpec input : job.inputs().values()) {
      schemas.put(input.name(), input.schema().orElseThrow());
      List<PartitionRange> ranges = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        ranges.add(new PartitionRange(input.name(), p, 0, input.isUnbounded() ? Long.MAX_VALUE : 0));
      }
      inputs.put(input.name(), new PlannedInput(input.name(), input.schema().get(), List.of(), 1000,
          Optional.of(ranges), input.isUnbounded(), input.eventTime().map(time -> time.column())));
    }
    PlanOptions options = new PlanOptions("test", "20260101-000000-00000000", containers, OptionalInt.of(partitions),
        1 << 20, 1 << 20, Map.of(), Set.of(), StreamingOptions.of(job));
    return Planner.plan(SqlCompiler.compile(job, schemas).graph(), inputs, options);
  }
}
