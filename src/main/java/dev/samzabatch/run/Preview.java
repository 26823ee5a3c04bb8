package dev.samzabatch.run;

import dev.samzabatch.container.Containers;
import dev.samzabatch.container.RunState;
import dev.samzabatch.container.RunStreams;
import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.Compression;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Location;
import dev.samzabatch.job.Mode;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.job.Reference;
import dev.samzabatch.state.LocalStores;
import dev.samzabatch.system.file.FileTree;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Shows some rows of a relation: the same plan and operators as a run, over the first rows of every input. Nothing is
 * published, and what it needs on disk meanwhile lies in a temporary directory.
 */
public final class Preview {

  /** So many rows of each input are looked at, about. */
  private static final long SAMPLE_ROWS = 10_000;

  private Preview() {}

  /**
   * Runs a job over a sample.
   *
   * @param step the step or input to show; empty for that of the first output
   * @param rows how many rows to give at most
   * @throws UserException when the job is not right, or fails over the sample
   */
  public static PreviewResult run(JobRequest request, Optional<String> step, int rows, RunSettings settings) {
    JobSpec spec = JobLoader.load(request);
    String shown = step.orElseGet(() -> spec.outputs().values().iterator().next().from().name());
    refuseUnknown(spec, shown);
    PreparedJob job = JobPreparation.prepare(request, only(spec, shown), PlanSizes.of(spec.run(), settings));
    Path directory = null;
    try {
      directory = Files.createTempDirectory("samza-batch-preview");
      return run(job, shown, rows, directory, settings);
    } catch (IOException e) {
      throw Failures.of(e);
    } finally {
      delete(directory);
    }
  }

  private static void refuseUnknown(JobSpec spec, String step) {
    List<String> names = new ArrayList<>(spec.steps().keySet());
    names.addAll(spec.inputs().keySet());
    if (!names.contains(step)) {
      String hint = NearestName.of(step, names).map(n -> "did you mean " + n + "? ").orElse("")
          + "there are: " + String.join(", ", names);
      throw new UserException(
          Problem.error("SB-5030", Place.of("--step"), "the job has no step or input \"" + step + "\"", hint));
    }
  }

  /** The same job with one output and no checks. */
  private static JobSpec only(JobSpec spec, String step) {
    OutputSpec output =
        new OutputSpec(
            "preview",
            Place.none(),
            new Reference(step, Place.none()),
            new Location(Location.STDOUT, "", Location.STDOUT, Place.none()),
            new OutputSpec.Encoding(DataFormat.JSON, DelimitedOptions.of(DataFormat.JSON), Compression.NONE),
            OptionalInt.empty(),
            OutputSpec.Mode.FAIL,
            OutputSpec.IfEmpty.PUBLISH,
            Optional.empty());
    Map<String, InputSpec> inputs = new LinkedHashMap<>();
    spec.inputs().forEach((name, input) -> inputs.put(name, input.untilNow()));
    return new JobSpec(
        spec.name(), spec.place(), Mode.BATCH, spec.params(), spec.systems(), inputs, spec.steps(),
        Map.of("preview", output),
        Map.of(), spec.run(), spec.warnings());
  }

  private static PreviewResult run(PreparedJob job, String step, int rows, Path directory, RunSettings settings)
      throws IOException {
    RunState state = new RunState();
    Buses buses = new Buses(job.spec().systems(), job.request().overrides().environment(), "preview");
    SampleConnections sample = new SampleConnections(job, buses, settings.batchRows(), SAMPLE_ROWS, rows);
    StreamPlan plan = new StreamPlan(job.plan());
    long storeBytes = settings.storeBytes(job.spec().run());
    try (buses;
        LogStreams log = new LogStreams(directory.resolve("streams"));
        LocalStores stores = new LocalStores(directory.resolve("stores"), storeBytes)) {
      plan.create(log);
      log.ensure(plan.checkpoints());
      RunStreams streams = new RunStreams(log, log, plan.checkpoints(), stores);
      new Containers(job.plan(), streams, sample, state, settings.containers(job.spec(), true)).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (state.failure() != null) {
      throw Failures.of(state.failure());
    }
    return new PreviewResult(step, job.schema(step), sample.rows(), SAMPLE_ROWS, sample.wasCut());
  }

  private static void delete(Path directory) {
    try {
      if (directory != null) {
        FileTree.delete(directory);
      }
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }
}
