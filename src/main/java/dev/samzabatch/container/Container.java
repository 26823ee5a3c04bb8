package dev.samzabatch.container;

import dev.samzabatch.plan.ContainerModel;
import dev.samzabatch.state.Checkpoints;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's share of a job, through failures: it makes {@link Attempt}s until one has run all tasks, or trying again
 * cannot help. Every attempt goes on from what is committed, in lanes of its own.
 */
final class Container implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Container.class);

  private final ContainerModel model;
  private final ContainerContext context;
  private final ContainerProgress progress;
  private final AtomicInteger attempts;
  private final Restarts restarts;
  private final MemoryShare memory;
  private final List<String> survived;

  /** What was committed of the container's tasks when the attempt began. */
  private final Map<String, TaskCheckpoint> before = new HashMap<>();

  /** Lane of the attempt; empty when there is none whose checkpoints are still to be read. */
  private String lane = "";

  /**
   * A container that is about to run.
   *
   * @param attempts how many attempts all containers have made, in former processes too
   * @param survived takes what the container was restarted after, for people; thread-safe
   */
  Container(
      ContainerModel model,
      ContainerContext context,
      ContainerProgress progress,
      AtomicInteger attempts,
      List<String> survived) {
    this.model = model;
    this.context = context;
    this.progress = progress;
    this.attempts = attempts;
    this.survived = survived;
    this.restarts = new Restarts(context.settings().retries(), context.settings().retryWindow());
    this.memory = new MemoryShare(context.settings().memoryBytes() / context.plan().containers().size());
  }

  @Override
  public void run() {
    try {
      boolean done = false;
      while (!done && !context.state().stopping()) {
        done = attempt();
      }
    } catch (RunState.StoppedException e) {
      // Somebody else has failed, or the run was interrupted; there is nothing to add.
    } catch (InterruptedException e) {
      context.state().stop();
    } catch (Throwable e) {
      context.state().fail(e);
    }
  }

  /**
   * Makes one attempt.
   *
   * @return whether there is nothing more to do; false to try again
   * @throws IOException when trying again cannot help
   */
  private boolean attempt() throws IOException, InterruptedException {
    Throwable failure = failureOfAttempt();
    if (failure == null) {
      return true;
    }
    if (context.state().stopping() || !restarts.allow(failure, System.nanoTime())) {
      rethrow(failure);
    }
    LOG.warn("container {} starts again after a failure", model.name(), failure);
    survived.add(model.name() + ": " + failure);
    if (failure instanceof OutOfMemoryError) {
      memory.halve();
    }
    if (context.state().awaitStop(restarts.pauseMillis())) {
      return true;
    }
    context.state().requireClaim();
    return false;
  }

  /** What made an attempt fail; null when all tasks have ended. */
  private Throwable failureOfAttempt() throws InterruptedException {
    Throwable failure = null;
    Attempt attempt = null;
    try {
      recover();
      lane = String.format("%06d-%s", attempts.incrementAndGet(), model.name());
      attempt = new Attempt(model, context, lane, progress, memory);
      attempt.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      failure = e;
    } finally {
      failure = closed(attempt, failure);
    }
    return failure;
  }

  /** Closes an attempt; a failure to close counts only when nothing else has failed. */
  private static Throwable closed(Attempt attempt, Throwable failure) {
    try {
      if (attempt != null) {
        attempt.close();
      }
      return failure;
    } catch (IOException | RuntimeException e) {
      return failure == null ? e : failure;
    }
  }

  private static void rethrow(Throwable failure) throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
    throw (Error) failure;
  }

  /**
   * Learns from the lane of the attempt before, if there was one, what it has committed: the checkpoint that failed may
   * be durable or not. Whatever is not is cut off, so that it never counts.
   */
  private void recover() throws IOException {
    if (!lane.isEmpty()) {
      Checkpoints read = new Checkpoints(context.streams().commits(), context.streams().checkpoints());
      read.read(lane);
      freeze(read, lane, context);
      read.tasks().forEach(
          (task, checkpoint) -> progress.tasks().put(task, before.get(task).followedBy(checkpoint.facts())));
    }
    model.tasks().forEach(t -> before.put(t.name(), progress.of(t.name())));
    lane = "";
  }

  /** Cuts all streams' lanes of a dead attempt to what it has committed, and lets readers see that. */
  static void freeze(Checkpoints read, String lane, ContainerContext context) throws IOException {
    FaultPoint.RESTORE_CUT.reach();
    for (StreamSpec stream : context.plan().specs()) {
      long[] lengths = read.lengths(lane, stream);
      boolean committed = Arrays.stream(lengths).anyMatch(length -> length > 0);
      if (committed || context.internal().lanes(stream).contains(lane)) {
        context.internal().cut(stream, lane, lengths);
        context.internal().publish(stream, lane, lengths);
      }
    }
  }
}
