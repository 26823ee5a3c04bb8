package dev.samzabatch.container;

import dev.samzabatch.plan.ContainerModel;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.Checkpoints;
import dev.samzabatch.state.StagedPart;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All containers of a run, one thread each. Made, started and awaited by one thread; {@link #counts()} may be read by
 * any at any time.
 */
public final class Containers {

  private final ContainerContext context;
  private final ContainerProgress progress;
  private final AtomicInteger attempts = new AtomicInteger();
  private final List<String> survived = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  /** Prepares the containers of a plan, whose streams exist. */
  public Containers(
      JobPlan plan, RunStreams streams, Connections connections, RunState state, ContainerSettings settings) {
    context = new ContainerContext(plan, streams, connections, state, new SplitEnds(), settings);
    Map<String, RowCounts> counts = new LinkedHashMap<>();
    for (Stage stage : plan.stages()) {
      for (TaskModel task : stage.tasks()) {
        counts.put(task.name(), new RowCounts(stage));
      }
    }
    progress = new ContainerProgress(new ConcurrentHashMap<>(), counts, new AtomicLong());
  }

  /** The row counts of every task, by its name, as they are now. */
  public Map<String, RowCounts> counts() {
    return progress.counts();
  }

  /**
   * Takes over what former processes have committed of the run, and cuts off what they have not. Called before
   * {@link #run()}, when all of them are dead.
   *
   * @return the checkpoint of every task that has one, by name
   * @throws IOException when it cannot be read or is damaged; the message names the file and the byte
   */
  public Map<String, TaskCheckpoint> recover() throws IOException {
    Checkpoints read = new Checkpoints(context.streams().commits(), context.streams().checkpoints());
    read.readAll();
    for (String lane : lanes(read)) {
      Container.freeze(read, lane, context);
      attempts.set(Math.max(attempts.get(), Integer.parseInt(lane.substring(0, lane.indexOf('-')))));
    }
    progress.tasks().putAll(read.tasks());
    for (Stage stage : context.plan().stages()) {
      for (TaskModel task : stage.tasks()) {
        progress.counts(task.name()).restore(progress.of(task.name()));
        context.splitEnds().restore(stage, task, progress.of(task.name()).facts(Kind.SPLIT_READ));
      }
    }
    return Map.copyOf(read.tasks());
  }

  /** The lanes that former attempts have left, those that have no checkpoint included. */
  private Set<String> lanes(Checkpoints read) throws IOException {
    Set<String> lanes = new TreeSet<>(read.lanes());
    for (StreamSpec stream : context.plan().specs()) {
      lanes.addAll(context.internal().lanes(stream));
    }
    return lanes;
  }

  /** Runs all containers to their end; what went wrong is in the run's state afterwards. */
  public void run() throws InterruptedException {
    try {
      for (ContainerModel model : context.plan().containers()) {
        Container container = new Container(model, context, progress, attempts, survived);
        threads.add(new Thread(container, "container-" + model.name()));
      }
      threads.forEach(Thread::start);
    } catch (OutOfMemoryError e) {
      context.state().fail(e);
    }
    joinAll();
    if (!context.state().stopping()) {
      try {
        if (!context.settings().sampled()) {
          context.splitEnds().check(context.plan());
        }
        Reconciliation.check(context.plan(), counts());
      } catch (RuntimeException e) {
        context.state().fail(e);
      }
    }
  }

  /** Interrupts all containers, for those that hang in something that does not look whether the run is to stop. */
  public void interrupt() {
    threads.forEach(Thread::interrupt);
  }

  /** Waits for all containers; being interrupted makes them stop, but is no reason to leave them behind. */
  private void joinAll() throws InterruptedException {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          context.state().stop();
        }
      }
    }
    if (interrupted) {
      throw new InterruptedException();
    }
  }

  /** The staged files of the tasks that have ended. */
  public List<StagedPart> committedParts() {
    return progress.tasks().values().stream()
        .filter(TaskCheckpoint::hasEnded)
        .flatMap(t -> t.files().stream())
        .toList();
  }

  /** How many checkpoints were written, by this process. */
  public long commits() {
    return progress.commits().get();
  }

  /** What containers were restarted after, a text each. */
  public List<String> restarts() {
    return List.copyOf(survived);
  }
}
