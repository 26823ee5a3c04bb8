package dev.samzabatch.container;

import dev.samzabatch.plan.ContainerModel;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.state.StagedPart;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All containers of a run, one thread each. Made, started and awaited by one thread; {@link #counts()} may be read by
 * any at any time.
 */
public final class Containers {

  private final ContainerContext context;
  private final Map<String, RowCounts> counts = new LinkedHashMap<>();
  private final List<Container> containers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Prepares the containers of a plan, whose streams exist.
   *
   * @param checkpoints the run's checkpoint stream, which exists too
   */
  public Containers(
      JobPlan plan,
      InternalStreams streams,
      StreamSpec checkpoints,
      Connections connections,
      RunState state,
      ContainerSettings settings) {
    context = new ContainerContext(plan, streams, checkpoints, connections, state, new SplitEnds(), settings);
    for (Stage stage : plan.stages()) {
      for (TaskModel task : stage.tasks()) {
        counts.put(task.name(), new RowCounts(stage));
      }
    }
    for (ContainerModel model : plan.containers()) {
      Container container = new Container(model, context, counts);
      containers.add(container);
      threads.add(new Thread(container, "container-" + model.name()));
    }
  }

  /** The row counts of every task, by its name, as they are now. */
  public Map<String, RowCounts> counts() {
    return counts;
  }

  /** Runs all containers to their end; what went wrong is in the run's state afterwards. */
  public void run() throws InterruptedException {
    try {
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
        Reconciliation.check(context.plan(), counts);
      } catch (RuntimeException e) {
        context.state().fail(e);
      }
    }
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

  /** The staged files that were committed, by all containers. */
  public List<StagedPart> committedParts() {
    return containers.stream().flatMap(c -> c.committed().stream()).toList();
  }
}
