package dev.samzabatch.report;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.run.RunProgress.StageProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A line whenever a stage starts or ends, and one a minute that tells where the run is. */
final class LineProgress implements ProgressDisplay {

  private static final Duration HEARTBEAT = Duration.ofSeconds(60);

  private enum State {
    WAITING,
    RUNNING,
    ENDED
  }

  private final Screen screen;
  private final Supplier<List<StageProgress>> stages;
  private final Ticker ticker = new Ticker();
  private final long started = System.nanoTime();
  private State[] told = {};
  private Duration lastLine = Duration.ZERO;

  LineProgress(Screen screen, Supplier<List<StageProgress>> stages) {
    this.screen = screen;
    this.stages = stages;
  }

  @Override
  public void start() {
    ticker.start(() -> look(elapsed()));
  }

  @Override
  public void stop() {
    ticker.stop();
    look(elapsed());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Writes what has changed since it last looked, so much time after the start. */
  synchronized void look(Duration elapsed) {
    List<StageProgress> now = stages.get();
    if (told.length == 0) {
      told = now.stream().map(s -> State.WAITING).toArray(State[]::new);
    }
    for (int i = 0; i < told.length; i++) {
      StageProgress stage = now.get(i);
      State state = state(stage);
      if (state != told[i]) {
        told[i] = state;
        line(elapsed, "stage " + i + " " + stage.name() + ": " + (state == State.ENDED ? ended(stage) : begun(stage)));
      }
    }
    if (elapsed.minus(lastLine).compareTo(HEARTBEAT) >= 0) {
      heartbeat(now, elapsed);
    }
    screen.out().flush();
  }

  private static State state(StageProgress stage) {
    if (ProgressTable.hasEnded(stage)) {
      return State.ENDED;
    }
    return stage.rowsIn() > 0 || stage.tasksEnded() > 0 ? State.RUNNING : State.WAITING;
  }

  private static String begun(StageProgress stage) {
    return "started, " + Quantities.count(stage.tasks(), "task");
  }

  private static String ended(StageProgress stage) {
    return "done, " + Quantities.count(stage.rowsIn(), "row") + " in, " + Quantities.count(stage.rowsOut()) + " out";
  }

  private void heartbeat(List<StageProgress> now, Duration elapsed) {
    for (int i = 0; i < told.length; i++) {
      if (told[i] == State.RUNNING) {
        StageProgress stage = now.get(i);
        String read = stage.bytesTotal() == 0 ? "" : ", read " + ProgressTable.read(stage);
        String left = ProgressTable.left(stage, elapsed);
        String tasks = stage.tasksEnded() + " of " + Quantities.count(stage.tasks(), "task") + " done, ";
        line(elapsed, "stage " + i + " " + stage.name() + ": " + tasks
            + Quantities.count(stage.rowsIn(), "row") + " in" + read
            + (left.isEmpty() ? "" : stage.endless() ? ", " + left + " behind" : ", about " + left + " left")
            + ProgressTable.watermark(stage));
      }
    }
    if (lastLine.compareTo(elapsed) < 0) {
      line(elapsed, "no stage has rows to work on");
    }
  }

  private void line(Duration elapsed, String text) {
    screen.out().println(Quantities.duration(elapsed) + "  " + text);
    lastLine = elapsed;
  }
}
