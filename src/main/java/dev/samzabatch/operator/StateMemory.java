package dev.samzabatch.operator;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.state.OperatorState;

/** Refuses to hold more state than the operator may, for operators that cannot keep it elsewhere. */
final class StateMemory {

  private final OperatorState state;
  private final String hint;

  /**
   * For one operator.
   *
   * @param hint what else to do than raise the limit
   */
  StateMemory(OperatorState state, String hint) {
    this.state = state;
    this.hint = hint;
  }

  /** Refuses when so many bytes are held and may not be. */
  void check(long bytes) {
    if (bytes > state.memoryBytes()) {
      throw new UserException(ErrorKind.RESOURCES, Problem.error("SB-5006", Place.none(),
          "the state of " + state.name() + " needs " + Quantities.bytes(bytes) + ", and its container may hold "
              + Quantities.bytes(state.memoryBytes()),
          "raise run.memory, or run it in more processes; " + hint));
    }
  }
}
