package dev.samzabatch.container;

import dev.samzabatch.operator.Operator;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One share of a stage: its sources, read one after the other, and its operators. Opened, run and closed by one thread.
 *
 * <pre>
 * step: source has a batch  -> pushed through the operators      WORKED
 *       source has none yet                                       WAITING
 *       source has ended    -> end of stream through operators   WORKED, or DONE behind the last source
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
  private final List<Source> sources = new ArrayList<>();
  private int current;

  /** Opens a task; {@code operators} makes the operators that are no sources. */
  Task(TaskModel model, ContainerContext context, RowCounts counts, Function<PlannedOperator, Operator> operators) {
    this.model = model;
    this.stage = context.plan().stages().get(model.stage());
    this.counts = counts;
    this.chain = new OperatorChain(stage, counts, context.state(), operators);
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

  Stage stage() {
    return stage;
  }

  RowCounts counts() {
    return counts;
  }

  /** Handles one batch or the end of one source. */
  Progress step() throws IOException {
    Source source = sources.get(current);
    return switch (source.poll()) {
      case WAITING -> Progress.WAITING;
      case BATCH -> {
        chain.push(stage.sources().get(current), source.batch());
        yield Progress.WORKED;
      }
      case ENDED -> {
        source.close();
        chain.endOfStream(stage.sources().get(current));
        current++;
        if (current < sources.size()) {
          yield Progress.WORKED;
        }
        counts.end();
        yield Progress.DONE;
      }
    };
  }

  @Override
  public void close() throws IOException {
    for (Source source : sources) {
      source.close();
    }
  }
}
