package dev.samzabatch.container;

import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.FaultPoint;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One share of a stage: its sources, read one after the other, and its operators. Opened, run, saved and closed by one
 * thread.
 *
 * <pre>
 * step: an operator drains         -> its next part                      WORKED
 *       source has a batch         -> pushed through the operators       WORKED
 *       source has none yet                                              WAITING
 *       source has ended           -> end of stream through operators    WORKED
 *       behind the last source, with nothing left to drain               DONE
 * </pre>
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
  private final List<Changelog> changelogs;
  private final List<Source> sources = new ArrayList<>();
  private int current;

  /** Whether something has changed since the last save. */
  private boolean touched;

  /** Opens a task at its beginning; {@code operators} makes the operators that are no sources. */
  Task(TaskModel model, ContainerContext context, RowCounts counts, TaskOperators operators) {
    this.model = model;
    this.stage = context.plan().stages().get(model.stage());
    this.counts = counts;
    this.chain = new OperatorChain(stage, counts, context.state(), operators::create);
    this.changelogs = operators.changelogs();
    for (int id : stage.sources()) {
      PlannedOperator source = stage.operator(id);
      sources.add(
          source.work() instanceof Work.Scan
              ? new ScanSource(source, model, context, counts)
              : new StreamSource(source, model, context, counts));
    }
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
    if (current == sources.size()) {
      return Progress.DONE;
    }
    Source source = sources.get(current);
    return switch (source.poll()) {
      case WAITING -> Progress.WAITING;
      case BATCH -> {
        touched = true;
        FaultPoint.TASK_BATCH.reach();
        chain.push(stage.sources().get(current), source.batch());
        yield Progress.WORKED;
      }
      case ENDED -> {
        touched = true;
        source.close();
        chain.endOfStream(stage.sources().get(current));
        current++;
        yield Progress.WORKED;
      }
    };
  }

  /** Whether it differs from what was saved last. */
  boolean isTouched() {
    return touched;
  }

  /** Whether something was written to a stream, an output or a changelog since the last save. */
  boolean hasWritten() {
    return chain.hasWritten() || changelogs.stream().anyMatch(Changelog::hasAppended);
  }

  /** Adds all facts but those about files; the operators have been flushed. */
  void save(boolean hasEnded, List<CheckpointFact> facts) throws IOException {
    String name = model.name();
    if (hasEnded) {
      counts.end();
      facts.add(CheckpointFact.of(Kind.TASK_ENDED, name, 0, 0, 0, 0));
    } else {
      facts.add(CheckpointFact.of(Kind.TASK_OPEN, name, 0, current, 0, 0));
      chain.save(name, facts);
    }
    for (Source source : sources) {
      source.save(facts);
    }
    counts.save(name, facts);
    changelogs.forEach(Changelog::saved);
    touched = false;
  }

  /** Brings a new task to where it was when it saved. */
  void restore(TaskCheckpoint checkpoint) throws IOException {
    counts.restore(checkpoint);
    if (checkpoint.facts().isEmpty()) {
      return;
    }
    checkpoint.facts(Kind.TASK_OPEN).forEach(f -> current = (int) f.a());
    chain.restore(checkpoint);
    for (Source source : sources) {
      source.restore(checkpoint);
    }
  }

  /** Lets streams drop what has been read and committed. */
  void dropRead() throws IOException {
    for (Source source : sources) {
      source.dropRead();
    }
  }

  @Override
  public void close() throws IOException {
    List<Closeable> all = new ArrayList<>(sources);
    all.add(chain);
    Closing.all(all);
  }
}
