package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.expr.EvaluationException;
import dev.samzabatch.operator.Operator;
import dev.samzabatch.operator.Output;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.OperatorPhase;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.PartitionedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The operators of one task, wired: what one emits is pushed to all that read it. Once all ports of an operator have
 * ended it drains, a step at a time, and then its end travels on. Used by the task's thread.
 */
final class OperatorChain implements Closeable {

  private final Map<Integer, Node> nodes = new LinkedHashMap<>();
  private final Deque<Node> draining = new ArrayDeque<>();
  private final RowCounts counts;
  private final RunState state;

  /** Whether something was written to a stream or an output since the last save. */
  private boolean written;

  private boolean flushing;

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
      Operator operator = planned.isSource() ? null : made(planned, operators);
      Node node = new Node(planned, operator);
      nodes.put(planned.id(), node);
      for (int port = 0; port < planned.inputs().size(); port++) {
        nodes.get(planned.inputs().get(port)).readers.add(new Port(node, port));
      }
    }
  }

  /** Makes an operator; when that fails those that were made before are closed, since nobody else knows them. */
  private Operator made(PlannedOperator planned, Function<PlannedOperator, Operator> operators) {
    try {
      return operators.apply(planned);
    } catch (RuntimeException | Error e) {
      try {
        close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
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

  /** Tells what a source promises: a watermark, or {@link PartitionedReader#IDLE}. */
  void watermark(int source, long micros) throws IOException {
    nodes.get(source).watermark(0, micros);
  }

  /** Lets time pass for all operators. */
  void tick(long nanos) throws IOException {
    for (Node node : nodes.values()) {
      if (node.operator != null && node.phase() == OperatorPhase.OPEN) {
        node.tick(nanos);
      }
    }
  }

  /** Whether an operator has something to emit before another source may be read. */
  boolean isDraining() {
    return !draining.isEmpty();
  }

  /** Lets one operator emit its next part. */
  void drain() throws IOException {
    Node node = draining.peek();
    if (!node.drain()) {
      draining.remove();
      node.end();
    }
  }

  /** Lets operators pass on what they hold only to save work; it is not interrupted, since it belongs to a commit. */
  void flush() throws IOException {
    flushing = true;
    for (Node node : nodes.values()) {
      if (node.phase() == OperatorPhase.OPEN) {
        node.flush();
      }
    }
    flushing = false;
  }

  /** Lets operators save their state, and adds the facts to restore them by. */
  void save(String task, List<CheckpointFact> facts) throws IOException {
    for (Node node : nodes.values()) {
      if (node.operator != null) {
        long cursor = node.phase() == OperatorPhase.ENDED ? 0 : node.operator.save();
        facts.add(CheckpointFact.of(
            Kind.OPERATOR, task, node.planned.id(), cursor, node.endedPorts, node.phase().ordinal()));
      }
    }
    written = false;
  }

  /** Restores all operators; called before anything else. */
  void restore(TaskCheckpoint checkpoint) throws IOException {
    checkpoint.facts(Kind.SOURCE_ENDED).forEach(fact -> nodes.get(fact.part()).ended = true);
    for (CheckpointFact fact : checkpoint.facts(Kind.OPERATOR)) {
      Node node = nodes.get(fact.part());
      node.endedPorts = (int) fact.b();
      OperatorPhase phase = OperatorPhase.values()[(int) fact.c()];
      node.ended = phase == OperatorPhase.ENDED;
      if (!node.ended) {
        FaultPoint.RESTORE_STATE.reach();
        node.operator.restore(fact.a(), node.endedPorts);
      } else if (node.operator instanceof OutputOperator output) {
        output.finishedAs(checkpoint.file(((Work.WriteOutput) node.planned.work()).output()));
      }
      if (phase == OperatorPhase.DRAINING) {
        draining.add(node);
      }
    }
  }

  /** Makes staged files durable, and adds the facts that declare them. */
  void commitFiles(String task, List<CheckpointFact> facts) throws IOException {
    for (Node node : nodes.values()) {
      if (node.operator instanceof OutputOperator output) {
        output.commit(task).ifPresent(facts::add);
      }
    }
  }

  boolean hasWritten() {
    return written;
  }

  /** About how many bytes of heap all operators hold. */
  long memoryBytes() {
    long sum = 0;
    for (Node node : nodes.values()) {
      sum += node.operator == null ? 0 : node.operator.memoryBytes();
    }
    return sum;
  }

  /** How many bytes the operator holds that holds most. */
  long largestMemoryBytes() {
    return nodes.values().stream().filter(n -> n.operator != null).mapToLong(n -> n.operator.memoryBytes()).max()
        .orElse(0);
  }

  /** Makes the operator that holds most give memory back, or the next one that can and holds so many bytes. */
  boolean spill(long least) throws IOException {
    List<Node> largestFirst = new ArrayList<>(nodes.values().stream().filter(n -> n.operator != null).toList());
    largestFirst.sort((one, other) -> Long.compare(other.operator.memoryBytes(), one.operator.memoryBytes()));
    for (Node node : largestFirst) {
      if (node.phase() != OperatorPhase.ENDED && node.operator.memoryBytes() > least) {
        FaultPoint.STATE_SPILL.reach();
        if (node.operator.spill()) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    Closing.all(nodes.values().stream().map(n -> n.operator).filter(Objects::nonNull).toList());
  }

  private record Port(Node node, int number) {}

  /** An operator with those that read it. */
  private final class Node implements Output {

    private final PlannedOperator planned;
    private final Operator operator;
    private final boolean writes;
    private final List<Port> readers = new ArrayList<>();

    /** What each port was promised last; a source has one port. */
    private final long[] promised;

    private int endedPorts;
    private boolean ended;
    private long watermark = PartitionedReader.NO_WATERMARK;
    private boolean idle;

    Node(PlannedOperator planned, Operator operator) {
      this.planned = planned;
      this.operator = operator;
      this.writes = planned.work() instanceof Work.WriteStream || planned.work() instanceof Work.WriteOutput;
      this.promised = new long[Math.max(1, planned.inputs().size())];
      Arrays.fill(promised, PartitionedReader.NO_WATERMARK);
    }

    OperatorPhase phase() {
      if (ended) {
        return OperatorPhase.ENDED;
      }
      return endedPorts == planned.inputs().size() ? OperatorPhase.DRAINING : OperatorPhase.OPEN;
    }

    @Override
    public void emit(RecordBatch batch) throws IOException {
      if (batch.rowCount() == 0) {
        return;
      }
      if (!flushing) {
        state.checkOverdue();
      }
      counts.addOut(planned.id(), batch.rowCount());
      for (Port reader : readers) {
        reader.node().process(reader.number(), batch);
      }
    }

    private void process(int port, RecordBatch batch) throws IOException {
      counts.addIn(planned.id(), batch.rowCount());
      written |= writes;
      try {
        operator.process(port, batch, this);
      } catch (EvaluationException e) {
        throw noAnswer(e);
      }
      counts.late(planned.id(), operator.lateRows());
    }

    private void watermark(int port, long micros) throws IOException {
      promised[port] = micros;
      passPromise();
    }

    /** Passes on the least of what the ports were promised that have not ended and are not idle, when it is news. */
    private void passPromise() throws IOException {
      long least = PartitionedReader.IDLE;
      for (int port = 0; port < promised.length; port++) {
        boolean portEnded = !planned.isSource() && nodes.get(planned.inputs().get(port)).ended;
        least = portEnded ? least : Math.min(least, promised[port]);
      }
      boolean wasIdle = idle;
      idle = least == PartitionedReader.IDLE;
      if (idle && !wasIdle) {
        tellIdle();
      } else if (!idle && (wasIdle || least > watermark)) {
        watermark = Math.max(watermark, least);
        tell();
      }
    }

    private void tellIdle() throws IOException {
      if (operator != null) {
        operator.idle();
      }
      for (Port reader : readers) {
        reader.node().watermark(reader.number(), PartitionedReader.IDLE);
      }
    }

    private void tell() throws IOException {
      if (operator != null) {
        try {
          operator.watermark(watermark, this);
        } catch (EvaluationException e) {
          throw noAnswer(e);
        }
      }
      for (Port reader : readers) {
        reader.node().watermark(reader.number(), watermark);
      }
    }

    private void tick(long nanos) throws IOException {
      try {
        operator.tick(nanos, this);
      } catch (EvaluationException e) {
        throw noAnswer(e);
      }
    }

    private void portEnded(int port) throws IOException {
      written |= writes;
      try {
        operator.endOfStream(port, this);
      } catch (EvaluationException e) {
        throw noAnswer(e);
      }
      endedPorts++;
      if (phase() == OperatorPhase.DRAINING) {
        draining.add(this);
      } else {
        passPromise();
      }
    }

    private boolean drain() throws IOException {
      try {
        return operator.drain(this);
      } catch (EvaluationException e) {
        throw noAnswer(e);
      }
    }

    private void flush() throws IOException {
      if (operator != null) {
        try {
          operator.flush(this);
        } catch (EvaluationException e) {
          throw noAnswer(e);
        }
      }
    }

    private RuntimeException noAnswer(EvaluationException cause) {
      return NoAnswer.in("step \"" + planned.step() + "\"", cause);
    }

    private void end() throws IOException {
      ended = true;
      for (Port reader : readers) {
        reader.node().portEnded(reader.number());
      }
    }
  }
}
