package dev.samzabatch.container;

import dev.samzabatch.plan.ContainerModel;
import dev.samzabatch.plan.PlannedStream;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.CheckpointLog;
import dev.samzabatch.state.StagedPart;
import dev.samzabatch.system.StreamWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thread's share of a job. It goes on with the earliest task that has something to do, until that task has ended or
 * must wait for others; after every task, and every {@code commit-every}, it commits. All its tasks, writers and its
 * checkpoint log belong to its thread.
 */
final class Container implements Runnable {

  private static final long WAIT_MILLIS = 1000;

  private final ContainerModel model;
  private final ContainerContext context;
  private final Map<String, RowCounts> counts;
  private final Map<String, StreamWriter> writers = new LinkedHashMap<>();
  private final List<OutputFile> files = new ArrayList<>();
  private final List<StagedPart> finished = new ArrayList<>();
  private final List<StagedPart> committed = new ArrayList<>();
  private CheckpointLog log;
  private long nextCommitNanos;

  /**
   * A container that is about to run.
   *
   * @param counts where each task counts, by its name; complete for all tasks of the container
   */
  Container(ContainerModel model, ContainerContext context, Map<String, RowCounts> counts) {
    this.model = model;
    this.context = context;
    this.counts = counts;
  }

  /** The files that were committed; complete when the container has ended. */
  List<StagedPart> committed() {
    return committed;
  }

  @Override
  public void run() {
    try {
      runTasks();
    } catch (RunState.StoppedException e) {
      // Somebody else has failed, or the run was interrupted; there is nothing to add.
    } catch (Throwable e) {
      context.state().fail(e);
    }
  }

  private void runTasks() throws IOException, InterruptedException {
    List<Task> open = new ArrayList<>();
    try (CheckpointLog opened = new CheckpointLog(context.streams(), context.checkpoints(), model.name())) {
      log = opened;
      nextCommitNanos = System.nanoTime() + context.settings().commitEvery().toNanos();
      List<TaskModel> waiting = new ArrayList<>(model.tasks());
      while (!open.isEmpty() || !waiting.isEmpty()) {
        long seen = context.streams().publications();
        Task ended = advance(open, waiting);
        if (ended == null) {
          context.streams().awaitPublished(seen, WAIT_MILLIS);
          context.state().checkStop();
        } else {
          open.remove(ended);
          ended.close();
          commit(List.of(ended.model().name()));
        }
      }
    } finally {
      closeAll(open);
    }
  }

  /**
   * Steps through the tasks, opening them as they are reached, until one has ended, or all that are open wait.
   *
   * @return the task that has ended; null when all wait
   */
  private Task advance(List<Task> open, List<TaskModel> waiting) throws IOException {
    for (int i = 0; i < open.size() || !waiting.isEmpty(); i++) {
      if (i == open.size()) {
        open.add(open(waiting.remove(0)));
      }
      if (runUntilItWaits(open.get(i))) {
        return open.get(i);
      }
    }
    return null;
  }

  private Task open(TaskModel task) {
    TaskOperators operators = new TaskOperators(task, this);
    return new Task(task, context, counts.get(task.name()), operators::create);
  }

  private boolean runUntilItWaits(Task task) throws IOException {
    while (true) {
      context.state().checkStop();
      switch (task.step()) {
        case DONE -> {
          return true;
        }
        case WAITING -> {
          return false;
        }
        case WORKED -> {
          commitIfDue();
        }
      }
    }
  }

  /** Between two batches. */
  private void commitIfDue() throws IOException {
    if (System.nanoTime() - nextCommitNanos >= 0) {
      commit(List.of());
    }
  }

  /**
   * The commit point. Everything written so far is made durable, then one checkpoint declares it committed, then
   * readers may see it. Dying before the checkpoint is written leaves the previous one in force; dying behind it leaves
   * nothing to do.
   */
  private void commit(List<String> ended) throws IOException {
    Map<String, long[]> lanes = new LinkedHashMap<>();
    for (Map.Entry<String, StreamWriter> writer : writers.entrySet()) {
      lanes.put(writer.getKey(), writer.getValue().flush());
    }
    log.append(lanes, ended, finished);
    committed.addAll(finished);
    finished.clear();
    nextCommitNanos = System.nanoTime() + context.settings().commitEvery().toNanos();
    lanes.forEach((stream, lengths) -> context.streams().publish(stream(stream).spec(), model.name(), lengths));
  }

  /** The container's lane of a stream, opened when it is first wanted. */
  StreamWriter writer(Work.WriteStream work) throws IOException {
    StreamWriter writer = writers.get(work.stream());
    if (writer == null) {
      writer = context.streams().openWriter(stream(work.stream()).spec(), model.name(), new long[0]);
      writers.put(work.stream(), writer);
    }
    return writer;
  }

  /** A new staged file of an output. */
  OutputOperator output(Work.WriteOutput work, TaskModel task) throws IOException {
    OutputFile file = context.connections().openOutput(work.output(), task.index());
    files.add(file);
    return new OutputOperator(file, finished::add);
  }

  PlannedStream stream(String name) {
    return context.plan().stream(name);
  }

  ContainerContext context() {
    return context;
  }

  private void closeAll(List<Task> open) throws IOException {
    List<Closeable> all = new ArrayList<>(open);
    all.addAll(files);
    all.addAll(writers.values());
    IOException first = null;
    for (Closeable one : all) {
      try {
        one.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null && !context.state().stopping()) {
      throw first;
    }
  }
}
