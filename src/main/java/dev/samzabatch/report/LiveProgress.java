package dev.samzabatch.report;

import dev.samzabatch.run.RunProgress.StageProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A table that is redrawn in place five times a second, and gone at the end. */
final class LiveProgress implements ProgressDisplay {

  private static final String UP_AND_ERASE = "\u001b[%dF\u001b[J";

  private final Screen screen;
  private final Supplier<List<StageProgress>> stages;
  private final Ticker ticker = new Ticker();
  private final long started = System.nanoTime();
  private int drawn;

  LiveProgress(Screen screen, Supplier<List<StageProgress>> stages) {
    this.screen = screen;
    this.stages = stages;
  }

  @Override
  public void start() {
    ticker.start(this::draw);
  }

  @Override
  public void stop() {
    ticker.stop();
    erase();
    screen.out().flush();
  }

  /** Replaces the table by a new one. */
  synchronized void draw() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    List<String> lines = ProgressTable.lines(stages.get(), elapsed, screen.width());
    erase();
    screen.out().println(String.join(System.lineSeparator(), lines));
    screen.out().flush();
    drawn = lines.size();
  }

  private synchronized void erase() {
    if (drawn > 0) {
      screen.out().printf(UP_AND_ERASE, drawn);
      drawn = 0;
    }
  }
}
