package dev.samzabatch.container;

import dev.samzabatch.plan.ContainerModel;
import dev.samzabatch.plan.PlannedChangelog;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.CheckpointLog;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A container from one start to its end or failure. It goes on with the earliest task that has something to do, until
 * that task has ended or must wait for others; after every task, and every {@code commit-every}, it commits. Where some
 * input has no end all tasks are open and take turns. All its tasks, writers and its checkpoint log belong to its
 * thread.
 *
 * <p>
 * Its lanes are its own: what an earlier attempt has left in others stays as it was committed.
 */
final class Attempt implements Closeable {

  private static final long WAIT_MILLIS = 1000;

  /** Sources that must be asked wait by themselves; more than this would come on top. */
  private static final long ASK_MILLIS = 1;

  /** So many steps a task goes on before it is another's turn, where tasks take turns. */
  private static final int TURN = 64;

  private final ContainerContext context;
  private final String lane;
  private final ContainerProgress progress;
  private final MemoryShare memory;
  private final Map<String, StreamWriter> writers = new LinkedHashMap<>();
  private final Map<String, StreamSpec> specs = new LinkedHashMap<>();
  private final Map<String, long[]> committed = new LinkedHashMap<>();
  private final List<Task> open = new ArrayList<>();
  private final List<TaskModel> waiting = new ArrayList<>();
  private final CheckpointLog log;
  private final boolean endless;
  private long nextCommitNanos;

  /** Whether some task has done something since the tasks were last gone through. */
  private boolean worked;

  /**
   * Begins an attempt.
   *
   * @param lane name of its lanes, used by nobody before
   * @param progress what is committed of the container's tasks, to be kept up to date
   */
  Attempt(ContainerModel model, ContainerContext context, String lane, ContainerProgress progress, MemoryShare memory)
      throws IOException {
    this.context = context;
    this.lane = lane;
    this.progress = progress;
    this.memory = memory;
    for (TaskModel task : model.tasks()) {
      if (!progress.hasEnded(task.name())) {
        waiting.add(task);
      }
    }
    endless = !context.plan().unbounded().isEmpty();
    log = new CheckpointLog(context.streams().commits(), context.streams().checkpoints(), lane);
  }

  /** Runs all tasks to their ends. */
  void run() throws IOException, InterruptedException {
    scheduleCommit();
    while (!open.isEmpty() || !waiting.isEmpty()) {
      long seen = context.internal().publications();
      Task ended = advance();
      if (context.state().stopping()) {
        commitBeforeStop(ended);
        throw new RunState.StoppedException();
      }
      if (ended == null) {
        commitIfDue();
        if (!worked) {
          context.internal().awaitPublished(seen, waitMillis());
        }
      } else {
        commit(open.stream().filter(t -> t != ended && t.hasWritten()).toList(), ended);
        dropChangelogs(ended.model());
        open.remove(ended);
        ended.close();
      }
    }
  }

  /**
   * Goes through the tasks, opening them as they are reached, until one has ended, or all that are open have waited or
   * had their turn, or the run is to stop.
   *
   * @return the task that has ended; null when there is none
   */
  private Task advance() throws IOException {
    worked = false;
    for (int i = 0; i < open.size() || mayOpen(); i++) {
      if (i == open.size()) {
        open(waiting.remove(0));
      }
      if (runUntilItWaits(open.get(i))) {
        return open.get(i);
      }
      if (context.state().stopping()) {
        return null;
      }
    }
    return null;
  }

  /** Tasks that only wait for others should not fill the memory that those ahead of them need. */
  private boolean mayOpen() {
    return !waiting.isEmpty() && (open.isEmpty() || endless || memory.allowsMore(open));
  }

  private void open(TaskModel model) throws IOException {
    TaskCheckpoint checkpoint = progress.of(model.name());
    Task task = new Task(model, context, progress.counts(model.name()), new TaskOperators(model, this, checkpoint));
    open.add(task);
    task.restore(checkpoint);
    memory.keepNow(open);
  }

  private boolean runUntilItWaits(Task task) throws IOException {
    for (int steps = 0; !context.state().stopping() && !(endless && steps == TURN); steps++) {
      switch (task.step()) {
        case DONE -> {
          return true;
        }
        case WAITING -> {
          return false;
        }
        case WORKED -> {
          worked = true;
          memory.keep(open);
          commitIfDue();
        }
      }
    }
    return false;
  }

  /** Nothing that was done is to be done again by whoever resumes. */
  private void commitBeforeStop(Task ended) throws IOException {
    List<Task> going = touched(ended);
    if (ended != null || !going.isEmpty()) {
      commit(going, ended);
    }
  }

  /** Between two batches. */
  private void commitIfDue() throws IOException {
    if (System.nanoTime() - nextCommitNanos >= 0) {
      List<Task> touched = touched(null);
      if (!touched.isEmpty()) {
        commit(touched, null);
      }
      scheduleCommit();
    }
  }

  /** The open tasks, but for one, that have changed since their last checkpoint. */
  private List<Task> touched(Task butFor) {
    return open.stream().filter(t -> t != butFor && (t.isTouched() || t.hasWritten())).toList();
  }

  /** How long to wait for others at most, with a commit that may become due. */
  private long waitMillis() {
    long due = TimeUnit.NANOSECONDS.toMillis(nextCommitNanos - System.nanoTime()) + 1;
    if (open.stream().anyMatch(Task::mustBeAsked)) {
      return ASK_MILLIS;
    }
    return touched(null).isEmpty() ? WAIT_MILLIS : Math.max(1, Math.min(WAIT_MILLIS, due));
  }

  private void scheduleCommit() {
    nextCommitNanos = System.nanoTime() + context.settings().commitEvery().toNanos();
  }

  /**
   * The commit point. Everything written so far is made durable, then one checkpoint declares it committed, then
   * readers may see it. Dying before the checkpoint is written leaves the previous one in force; dying behind it leaves
   * nothing to do. A task that is not part of it must not have written anything since it was part of one.
   *
   * @param going tasks that go on afterwards
   * @param ended the task that has ended; null for none
   */
  private void commit(List<Task> going, Task ended) throws IOException {
    FaultPoint.COMMIT_BEGIN.reach();
    Map<Task, List<CheckpointFact>> facts = new LinkedHashMap<>();
    for (Task task : going) {
      task.chain().flush();
    }
    for (Task task : going) {
      facts.put(task, new ArrayList<>());
      task.save(false, facts.get(task));
    }
    if (ended != null) {
      facts.put(ended, new ArrayList<>());
      ended.save(true, facts.get(ended));
    }
    FaultPoint.COMMIT_STATE_SAVED.reach();
    Map<String, long[]> lengths = new LinkedHashMap<>();
    for (Map.Entry<String, StreamWriter> writer : writers.entrySet()) {
      lengths.put(writer.getKey(), writer.getValue().flush());
    }
    FaultPoint.COMMIT_STREAMS_FLUSHED.reach();
    for (Map.Entry<Task, List<CheckpointFact>> task : facts.entrySet()) {
      task.getKey().chain().commitFiles(task.getKey().model().name(), task.getValue());
    }
    FaultPoint.COMMIT_FILES_FLUSHED.reach();
    List<CheckpointFact> all = grown(lengths);
    facts.values().forEach(all::addAll);
    log.append(all);
    progress.commits().incrementAndGet();
    FaultPoint.COMMIT_DONE.reach();
    lengths.forEach((stream, ends) -> context.internal().publish(specs.get(stream), lane, ends));
    committed.putAll(lengths);
    FaultPoint.COMMIT_PUBLISHED.reach();
    facts.forEach((task, own) -> progress.committed(task.model().name(), own));
    for (Task task : facts.keySet()) {
      task.dropRead();
    }
    scheduleCommit();
  }

  /** The facts about partitions whose lanes have grown since the last commit. */
  private List<CheckpointFact> grown(Map<String, long[]> lengths) {
    List<CheckpointFact> facts = new ArrayList<>();
    lengths.forEach((stream, ends) -> {
      long[] before = committed.get(stream);
      for (int p = 0; p < ends.length; p++) {
        if (ends[p] != (before == null ? 0 : before[p])) {
          facts.add(new CheckpointFact(Kind.LANE, "", stream, p, ends[p], 0, 0));
        }
      }
    });
    return facts;
  }

  /** What a task that has ended has logged is of no use any more. */
  private void dropChangelogs(TaskModel task) throws IOException {
    for (PlannedChangelog changelog : context.plan().changelogs()) {
      boolean own = context.plan().stages().get(task.stage()).has(changelog.operator());
      if (own && !context.internal().published(changelog.spec()).isEmpty()) {
        for (int part = 0; part < changelog.parts(); part++) {
          context.internal().drop(changelog.spec(), task.index() * changelog.parts() + part);
        }
      }
    }
  }

  /** The attempt's lane of a stream, opened when it is first wanted. */
  StreamWriter writer(StreamSpec stream) throws IOException {
    StreamWriter writer = writers.get(stream.name());
    if (writer == null) {
      context.internal().ensure(stream);
      writer = context.internal().openWriter(stream, lane, new long[0]);
      writers.put(stream.name(), writer);
      specs.put(stream.name(), stream);
    }
    return writer;
  }

  /** A changelog of an operator of a task. */
  Changelog changelog(PlannedChangelog planned, TaskModel task) {
    int first = task.index() * planned.parts();
    return new Changelog(context.internal(), planned.spec(), lane, this::writer, first, planned.parts());
  }

  String lane() {
    return lane;
  }

  long memoryBytes() {
    return memory.bytes();
  }

  ContainerContext context() {
    return context;
  }

  /** Closes everything that is open; what was not committed is lost. */
  @Override
  public void close() throws IOException {
    List<Closeable> all = new ArrayList<>(open);
    all.addAll(writers.values());
    all.add(log);
    Closing.all(all);
  }
}
