package dev.samzabatch.container;

import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.PartitionedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One share of a stage: its sources and its operators. Opened, run, saved and closed by one thread.
 *
 * <pre>
 * step: an operator drains         -> its next part                      WORKED
 *       source has a batch         -> pushed through the operators       WORKED
 *       source has none yet                                              WAITING
 *       source has ended           -> end of stream through operators    WORKED
 *       behind the last source, with nothing left to drain               DONE
 * </pre>
 *
 * Sources are read one after the other, in the order of the plan; but where the next is one that may go on for ever,
 * all of that kind take turns.
 */
final class Task implements Closeable {

  /** What a step did. */
  enum Progress {
    WORKED,
    WAITING,
    DONE
  }

  private final TaskModel model;
  private final Stage stage;
  private final RowCounts counts;
  private final OperatorChain chain;
  private final TaskOperators operators;
  private final Map<Integer, Source> sources = new LinkedHashMap<>();

  /** Sources that have not ended, the one to be read next first. */
  private final Deque<Integer> left = new ArrayDeque<>();

  /** What each source has promised last. */
  private final Map<Integer, Long> promised = new LinkedHashMap<>();

  private final JobPlan plan;

  /** Whether something has changed since the last save. */
  private boolean touched;

  /** Opens a task at its beginning; {@code operators} makes the operators that are no sources. */
  Task(TaskModel model, ContainerContext context, RowCounts counts, TaskOperators operators) {
    this.model = model;
    this.stage = context.plan().stages().get(model.stage());
    this.counts = counts;
    this.chain = new OperatorChain(stage, counts, context.state(), operators::create);
    this.operators = operators;
    this.plan = context.plan();
    for (int id : stage.sources()) {
      sources.put(id, open(stage.operator(id), context));
      left.add(id);
    }
  }

  private Source open(PlannedOperator source, ContainerContext context) {
    if (model.ranges().containsKey(source.id())) {
      return new PartitionedSource(source, model, context, counts);
    }
    return source.work() instanceof Work.Scan
        ? new ScanSource(source, model, context, counts)
        : new StreamSource(source, model, context, counts);
  }

  TaskModel model() {
    return model;
  }

  OperatorChain chain() {
    return chain;
  }

  /** Handles one batch, one part of what an operator drains, or the end of one source. */
  Progress step() throws IOException {
    if (chain.isDraining()) {
      touched = true;
      chain.drain();
      return Progress.WORKED;
    }
    if (left.isEmpty()) {
      return Progress.DONE;
    }
    boolean takeTurns = plan.isUnbounded(left.peek());
    if (takeTurns) {
      chain.tick(System.nanoTime());
    }
    int turns = takeTurns ? left.size() : 1;
    for (int turn = 0; turn < turns; turn++) {
      if (poll(left.peek())) {
        return Progress.WORKED;
      }
      rotate();
    }
    return Progress.WAITING;
  }

  /** Handles what a source has, if it has something. */
  private boolean poll(int id) throws IOException {
    Source source = sources.get(id);
    Source.State found = source.poll();
    if (found == Source.State.BATCH) {
      touched = true;
      FaultPoint.TASK_BATCH.reach();
      chain.push(id, source.batch());
      rotate();
    } else if (found == Source.State.ENDED) {
      touched = true;
      source.close();
      left.remove(id);
      chain.endOfStream(id);
    }
    if (found != Source.State.ENDED && plan.isUnbounded(id)) {
      pass(id, source.watermark());
    }
    return found != Source.State.WAITING;
  }

  /** Passes on what a source promises when it is news. */
  private void pass(int id, long watermark) throws IOException {
    if (watermark != promised.getOrDefault(id, PartitionedReader.NO_WATERMARK)) {
      promised.put(id, watermark);
      counts.watermark(id, watermark);
      touched = true;
      chain.watermark(id, watermark);
    }
  }

  /** Lets the next source have its turn, if they take turns. */
  private void rotate() {
    if (left.size() > 1 && plan.isUnbounded(left.peek())) {
      left.add(left.remove());
    }
  }

  /** Whether what it waits for comes from outside, so that nobody tells when it is there. */
  boolean mustBeAsked() {
    return left.stream().anyMatch(id -> sources.get(id) instanceof PartitionedSource);
  }

  /** Whether it differs from what was saved last. */
  boolean isTouched() {
    return touched;
  }

  /** Whether something was written to a stream, an output or a changelog since the last save. */
  boolean hasWritten() {
    return chain.hasWritten() || operators.hasLogged();
  }

  /** Adds all facts but those about files; the operators have been flushed. */
  void save(boolean hasEnded, List<CheckpointFact> facts) throws IOException {
    String name = model.name();
    if (hasEnded) {
      counts.end();
      facts.add(CheckpointFact.of(Kind.TASK_ENDED, name, 0, 0, 0, 0));
    } else {
      facts.add(CheckpointFact.of(Kind.TASK_OPEN, name, 0, 0, 0, 0));
      sources.keySet().stream().filter(id -> !left.contains(id))
          .forEach(id -> facts.add(CheckpointFact.of(Kind.SOURCE_ENDED, name, id, 0, 0, 0)));
      chain.save(name, facts);
    }
    for (Source source : sources.values()) {
      source.save(facts);
    }
    counts.save(name, facts);
    promised.forEach((id, mark) -> facts.add(CheckpointFact.of(Kind.WATERMARK, name, id, mark, 0, 0)));
    operators.save(facts);
    touched = false;
  }

  /** Brings a new task to where it was when it saved. */
  void restore(TaskCheckpoint checkpoint) throws IOException {
    counts.restore(checkpoint);
    if (checkpoint.facts().isEmpty()) {
      return;
    }
    checkpoint.facts(Kind.SOURCE_ENDED).forEach(f -> left.remove(f.part()));
    chain.restore(checkpoint);
    for (Source source : sources.values()) {
      source.restore(checkpoint);
    }
    for (CheckpointFact fact : checkpoint.facts(Kind.WATERMARK)) {
      if (fact.name().isEmpty() && left.contains(fact.part())) {
        pass(fact.part(), fact.a());
      }
    }
  }

  /** Lets streams drop what has been read and committed. */
  void dropRead() throws IOException {
    for (Source source : sources.values()) {
      source.dropRead();
    }
    operators.dropForgotten();
  }

  @Override
  public void close() throws IOException {
    List<Closeable> all = new ArrayList<>(sources.values());
    all.add(chain);
    Closing.all(all);
  }
}
