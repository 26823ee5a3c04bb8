package dev.samzabatch.run;

import dev.samzabatch.container.Containers;
import dev.samzabatch.container.RunState;
import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.RunSpec;
import java.nio.file.Path;
import java.util.Map;

/** What is done when nothing has happened in a run for too long: all threads go to the log, and the run may fail. */
final class Stall {

  private final RunSpec.Recovery recovery;
  private final Path directory;
  private final RunState runState;
  private final RunObserver observer;
  private final RunLog log;

  Stall(RunSpec.Recovery recovery, Path directory, RunState runState, RunObserver observer, RunLog log) {
    this.recovery = recovery;
    this.directory = directory;
    this.runState = runState;
    this.observer = observer;
    this.log = log;
  }

  /** Watches containers, until it is closed. */
  Watchdog watch(Containers containers, RunProgress progress) {
    return Watchdog.start(
        recovery.stallAfter(), () -> progress.moved() + containers.commits(), () -> stalled(containers));
  }

  private void stalled(Containers containers) {
    String time = Quantities.duration(recovery.stallAfter());
    log.line("nothing has happened for " + time + "; all threads:" + threads());
    observer.stalled(recovery.stallAfter(), RunLog.file(directory));
    if (recovery.failOnStall()) {
      runState.fail(new UserException(ErrorKind.RESOURCES, Problem.error("SB-5050", Place.none(),
          "nothing has happened in the run for " + time + " (stall-after), and fail-on-stall = true",
          "what each thread was doing is in " + RunLog.file(directory))));
      containers.interrupt();
    }
  }

  private static String threads() {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      out.append("\n\"").append(thread.getKey().getName()).append("\" ").append(thread.getKey().getState());
      for (StackTraceElement element : thread.getValue()) {
        out.append("\n    at ").append(element);
      }
    }
    return out.toString();
  }
}
