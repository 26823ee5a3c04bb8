package dev.samzabatch.run;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlanOptions;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.plan.Planner;
import dev.samzabatch.sql.CompiledJob;
import dev.samzabatch.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a request to a {@link PreparedJob}: read the job file, find the inputs, compile, plan. Creates nothing. */
public final class JobPreparation {

  private JobPreparation() {}

  /**
   * Prepares a job.
   *
   * @throws UserException with everything that is wrong
   */
  public static PreparedJob prepare(JobRequest request, RunSettings settings) {
    JobSpec spec = JobLoader.load(request);
    return prepare(request, spec, PlanSizes.of(spec.run(), settings));
  }

  /** Prepares a job as another run has, whose sizes these are, for the containers that the job asks for by now. */
  static PreparedJob prepareAgain(JobRequest request, PlanSizes sizes) {
    PreparedJob job = prepare(request, JobLoader.load(request), sizes);
    JobPlan plan = job.plan().onContainers(job.spec().run().containers());
    return new PreparedJob(request, job.spec(), job.inputs(), job.compiled(), sizes, plan);
  }

  /** Prepares a job whose file has been read (and perhaps changed: a preview gives it other outputs). */
  static PreparedJob prepare(JobRequest request, JobSpec spec, PlanSizes sizes) {
    Map<String, FoundInput> inputs = find(spec, sizes);
    Map<String, Schema> schemas = new LinkedHashMap<>();
    inputs.forEach((name, input) -> schemas.put(name, input.schema()));
    CompiledJob compiled = SqlCompiler.compile(spec, schemas);
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
            files);
    JobPlan plan = Planner.plan(compiled.graph(), planned(inputs), options);
    return new PreparedJob(request, spec, inputs, compiled, sizes, plan);
  }

  static Map<String, PlannedInput> planned(Map<String, FoundInput> inputs) {
    Map<String, PlannedInput> planned = new LinkedHashMap<>();
    inputs.forEach((name, input) -> planned.put(name, input.planned()));
    return planned;
  }

  /** Finds every input; the problems of all are reported together. */
  private static Map<String, FoundInput> find(JobSpec spec, PlanSizes sizes) {
    Map<String, FoundInput> found = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Optional<UserException> first = Optional.empty();
    for (InputSpec input : spec.inputs().values()) {
      try {
        found.put(input.name(), InputFinder.find(input, sizes.containers()));
      } catch (UserException e) {
        first = first.isPresent() ? first : Optional.of(e);
        problems.addAll(e.problems());
      }
    }
    if (first.isPresent()) {
      throw new UserException(first.get().kind(), problems);
    }
    return found;
  }

  /** Whether the files of all inputs are still those that were found: same paths, sizes and times. */
  static boolean stillHolds(PreparedJob job) {
    Map<String, FoundInput> now = find(job.spec(), job.sizes());
    return now.entrySet().stream().allMatch(e -> e.getValue().files().equals(job.inputs().get(e.getKey()).files()));
  }
}
