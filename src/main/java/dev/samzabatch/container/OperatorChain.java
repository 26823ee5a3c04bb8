package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.expr.EvaluationException;
import dev.samzabatch.operator.Operator;
import dev.samzabatch.operator.Output;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The operators of one task, wired: what one emits is pushed to all that read it, and the end of a source travels on
 * once all ports of an operator have ended. Used by the task's thread.
 */
final class OperatorChain {

  private final Map<Integer, Node> nodes = new HashMap<>();
  private final RowCounts counts;
  private final RunState state;

  /**
   * Wires a stage.
   *
   * @param state asked at every batch that an operator emits: one batch of a join may give millions
   * @param operators makes the operator that does a planned operator's work; not called for sources
   */
  OperatorChain(Stage stage, RowCounts counts, RunState state, Function<PlannedOperator, Operator> operators) {
    this.counts = counts;
    this.state = state;
    for (PlannedOperator planned : stage.operators()) {
      Operator operator = planned.isSource() ? null : operators.apply(planned);
      Node node = new Node(planned, operator);
      nodes.put(planned.id(), node);
      for (int port = 0; port < planned.inputs().size(); port++) {
        nodes.get(planned.inputs().get(port)).readers.add(new Port(node, port));
      }
    }
  }

  /** Pushes a batch that a source has read. */
  void push(int source, RecordBatch batch) throws IOException {
    nodes.get(source).emit(batch);
  }

  /** Pushes the end of a source. */
  void endOfStream(int source) throws IOException {
    nodes.get(source).end();
  }

  /** About how many bytes of heap all operators hold. */
  long memoryBytes() {
    long sum = 0;
    for (Node node : nodes.values()) {
      sum += node.operator == null ? 0 : node.operator.memoryBytes();
    }
    return sum;
  }

  private record Port(Node node, int number) {}

  /** An operator with those that read it. */
  private final class Node implements Output {

    private final PlannedOperator planned;
    private final Operator operator;
    private final List<Port> readers = new ArrayList<>();
    private int openPorts;

    Node(PlannedOperator planned, Operator operator) {
      this.planned = planned;
      this.operator = operator;
      this.openPorts = planned.inputs().size();
    }

    @Override
    public void emit(RecordBatch batch) throws IOException {
      if (batch.rowCount() == 0) {
        return;
      }
      state.checkStop();
      counts.addOut(planned.id(), batch.rowCount());
      for (Port reader : readers) {
        reader.node().process(reader.number(), batch);
      }
    }

    private void process(int port, RecordBatch batch) throws IOException {
      counts.addIn(planned.id(), batch.rowCount());
      try {
        operator.process(port, batch, this);
      } catch (EvaluationException e) {
        throw NoAnswer.in("step \"" + planned.step() + "\"", e);
      }
    }

    private void portEnded(int port) throws IOException {
      try {
        operator.endOfStream(port, this);
      } catch (EvaluationException e) {
        throw NoAnswer.in("step \"" + planned.step() + "\"", e);
      }
      openPorts--;
      if (openPorts == 0) {
        end();
      }
    }

    private void end() throws IOException {
      for (Port reader : readers) {
        reader.node().portEnded(reader.number());
      }
    }
  }
}
