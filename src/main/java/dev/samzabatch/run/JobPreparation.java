package dev.samzabatch.run;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.TopicOutput;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlanOptions;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.plan.Planner;
import dev.samzabatch.plan.StreamingOptions;
import dev.samzabatch.sql.CompiledJob;
import dev.samzabatch.sql.SqlCompiler;
import dev.samzabatch.system.PartitionRange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a request to a {@link PreparedJob}: read the job file, find the inputs, compile, plan. Creates nothing. */
public final class JobPreparation {

  /** Well below what clusters allow, so that a commit that is slow is not too late. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(10);

  private JobPreparation() {}

  /**
   * Prepares a job.
   *
   * @throws UserException with everything that is wrong
   */
  public static PreparedJob prepare(JobRequest request, RunSettings settings) {
    JobSpec spec = JobLoader.load(request);
    return prepare(request, spec, PlanSizes.of(spec.run(), settings), Map.of());
  }

  /** Prepares a job as another run has, whose sizes these are, for the containers that the job asks for by now. */
  static PreparedJob prepareAgain(JobRequest request, Manifest begun) {
    PlanSizes sizes = begun.sizes();
    PreparedJob job = prepare(request, JobLoader.load(request), sizes, begun.found().ranges());
    JobPlan plan = job.plan().onContainers(job.spec().run().containers());
    return new PreparedJob(request, job.spec(), job.inputs(), job.compiled(), sizes, plan);
  }

  /** Prepares a job whose file has been read and changed: a preview gives it other outputs. */
  static PreparedJob prepare(JobRequest request, JobSpec spec, PlanSizes sizes) {
    return prepare(request, spec, sizes, Map.of());
  }

  private static PreparedJob prepare(
      JobRequest request, JobSpec spec, PlanSizes sizes, Map<String, List<PartitionRange>> begun) {
    Map<String, FoundInput> inputs = find(request, spec, sizes, begun);
    Map<String, Schema> schemas = new LinkedHashMap<>();
    inputs.forEach((name, input) -> schemas.put(name, input.schema()));
    CompiledJob compiled = SqlCompiler.compile(spec, schemas);
    refuseMisnamed(spec, compiled, schemas);
    Map<String, Integer> files = new LinkedHashMap<>();
    spec.outputs().forEach((name, output) -> output.files().ifPresent(n -> files.put(name, n)));
    PlanOptions options =
        new PlanOptions(
            spec.name(),
            request.runId(),
            sizes.containers(),
            spec.run().partitions(),
            sizes.partitionBytes(),
            sizes.broadcastBytes(),
            files,
            TopicOutputs.names(spec.outputs(), TopicOutput.Publish.AT_END),
            StreamingOptions.of(spec));
    JobPlan plan = Planner.plan(compiled.graph(), planned(inputs), options);
    return new PreparedJob(request, spec, inputs, compiled, sizes, plan);
  }

  private static void refuseMisnamed(JobSpec spec, CompiledJob compiled, Map<String, Schema> inputs) {
    List<Problem> problems = new ArrayList<>();
    if (StreamSystems.commitsOn(spec).isPresent() && spec.run().commitEvery().compareTo(LONGEST_TRANSACTION) > 0) {
      problems.add(Problem.error("SB-4353", Place.of("run.commit-every"), "commits are " + Quantities.duration(
          spec.run().commitEvery()) + " apart, and clusters end transactions that take longer than 15 minutes",
          "set run.commit-every to 10 minutes or less: with topics a commit is a transaction"));
    }
    problems.addAll(TopicOutputs.misnamed(spec.outputs(), output -> {
      Schema step = compiled.stepSchemas().get(output.from().name());
      return step == null ? inputs.get(output.from().name()) : step;
    }));
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  static Map<String, PlannedInput> planned(Map<String, FoundInput> inputs) {
    Map<String, PlannedInput> planned = new LinkedHashMap<>();
    inputs.forEach((name, input) -> planned.put(name, input.planned()));
    return planned;
  }

  /** Finds every input; the problems of all are reported together. */
  private static Map<String, FoundInput> find(
      JobRequest request, JobSpec spec, PlanSizes sizes, Map<String, List<PartitionRange>> begun) {
    Map<String, FoundInput> found = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Optional<UserException> first = Optional.empty();
    try (Buses buses =
        new Buses(spec.systems(), request.overrides().environment(), spec.name() + "-" + request.runId())) {
      for (InputSpec input : spec.inputs().values()) {
        try {
          found.put(input.name(), input.topic().isEmpty()
              ? InputFinder.find(input, sizes.containers())
              : InputFinder.findTopics(input, buses, Optional.ofNullable(begun.get(input.name()))));
        } catch (UserException e) {
          first = first.isPresent() ? first : Optional.of(e);
          problems.addAll(e.problems());
        } catch (IOException e) {
          throw Failures.of(e);
        }
      }
    }
    if (first.isPresent()) {
      throw new UserException(first.get().kind(), problems);
    }
    return found;
  }

  /** Whether the files of all inputs are still those that were found: same paths, sizes and times. */
  static boolean stillHolds(PreparedJob job) {
    for (InputSpec input : job.spec().inputs().values()) {
      boolean holds = input.topic().isPresent()
          || InputFinder.find(input, job.sizes().containers()).found().equals(job.inputs().get(input.name()).found());
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
