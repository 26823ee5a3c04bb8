package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked job: names resolve as far as no SQL is involved, values are typed, placeholders are filled in. The maps
 * keep the order of the job file, which has no meaning.
 *
 * @param name the job's name, which names its lock, history and streams
 * @param place where the name stands
 * @param mode how it lives
 * @param params by name
 * @param systems by name
 * @param inputs by name; at least one
 * @param steps by name; no name is also an input's
 * @param outputs by name; at least one
 * @param checks by name
 * @param run how it runs
 * @param warnings what is odd but no error
 */
public record JobSpec(String name, Place place, Mode mode, Map<String, ParamSpec> params,
    Map<String, SystemSpec> systems, Map<String, InputSpec> inputs, Map<String, StepSpec> steps,
    Map<String, OutputSpec> outputs, Map<String, CheckSpec> checks, RunSpec run, List<Problem> warnings) {

  /**
   * The steps, each behind all that it reads.
   *
   * @param sqlReferences for each step with SQL the names of the inputs and steps in it; names of neither are passed
   * over
   * @throws dev.samzabatch.data.UserException when steps read each other in a circle
   */
  public List<StepSpec> inOrder(Map<String, Set<String>> sqlReferences) {
    return new StepGraph(this, sqlReferences).inOrder();
  }

  /**
   * Warnings about steps and inputs that no output and no check needs, directly or through others.
   *
   * @param sqlReferences as in {@link #inOrder}
   */
  public List<Problem> unused(Map<String, Set<String>> sqlReferences) {
    return new StepGraph(this, sqlReferences).unused();
  }
}
