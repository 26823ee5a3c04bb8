package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import java.util.List;

/**
 * One operator of a stage.
 *
 * @param id unique in the plan
 * @param step the step, input, output or check of the job file that it belongs to
 * @param work what it does
 * @param inputs ids of the operators of the same stage that feed its ports, in the order of the ports
 * @param schema what it gives; for writers, what they are given
 */
public record PlannedOperator(int id, String step, Work work, List<Integer> inputs, Schema schema) {

  /** Whether it reads from outside the stage. */
  public boolean isSource() {
    return inputs.isEmpty();
  }
}
