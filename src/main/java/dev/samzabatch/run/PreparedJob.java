package dev.samzabatch.run;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.sql.CompiledJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A job that is checked and planned, with nothing created yet.
 *
 * @param request what was asked for
 * @param spec the job file
 * @param inputs its inputs as they were found, by name
 * @param compiled its relations
 * @param sizes what it was planned with
 * @param plan how it will run
 */
public record PreparedJob(
    JobRequest request,
    JobSpec spec,
    Map<String, FoundInput> inputs,
    CompiledJob compiled,
    PlanSizes sizes,
    JobPlan plan) {

  /** The columns of a step or input. */
  public Schema schema(String relation) {
    Schema step = compiled.stepSchemas().get(relation);
    return step == null ? inputs.get(relation).schema() : step;
  }

  /** Everything odd that is no error. */
  public List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>(spec.warnings());
    warnings.addAll(compiled.warnings());
    return warnings;
  }
}
