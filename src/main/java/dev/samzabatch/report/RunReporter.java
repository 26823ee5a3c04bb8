package dev.samzabatch.report;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.run.LockHolder;
import dev.samzabatch.run.PreparedJob;
import dev.samzabatch.run.Receipt;
import dev.samzabatch.run.RunObserver;
import dev.samzabatch.run.RunProgress;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRecord.CheckFigures;
import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.run.Takeover;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows a run while it goes on, and keeps what the summary tells at its end. Told and asked by the run's thread;
 * progress is drawn by a thread of its own.
 */
public final class RunReporter implements RunObserver {

  private static final String BROKEN_PIPE = "Broken pipe";

  private final Screen screen;
  private final OutputStream rows;
  private final boolean detailed;
  private final List<Receipt> receipts = new ArrayList<>();
  private Optional<PreparedJob> job = Optional.empty();
  private Optional<ProgressDisplay> display = Optional.empty();
  private boolean rowsWritten;

  /**
   * A reporter of one run.
   *
   * @param rows takes the rows of outputs to standard output; not closed
   * @param detailed whether to tell of every task what a resumed run takes over of it, however many there are
   */
  public RunReporter(Screen screen, OutputStream rows, boolean detailed) {
    this.screen = screen;
    this.rows = rows;
    this.detailed = detailed;
  }

  /** The job as it was planned; empty until its containers have started. */
  public Optional<PreparedJob> job() {
    return job;
  }

  /** What was deleted, first of earlier runs, then of this one. */
  public List<Receipt> receipts() {
    return List.copyOf(receipts);
  }

  /** Whether rows have been written to standard output, so that nothing else may be. */
  public boolean hasWrittenRows() {
    return rowsWritten;
  }

  @Override
  public void warned(Problem warning) {
    line(warning.render());
  }

  @Override
  public void waiting(LockHolder holder) {
    line("waiting for " + holder);
  }

  @Override
  public void finished(RunRecord earlier) {
    line("run " + earlier.runId() + " had died while it published; its complete result is published now: "
        + earlier.outputs().stream().map(OutputFigures::target).collect(Collectors.joining(", ")));
  }

  @Override
  public void resumed(PreparedJob prepared, List<Takeover> stages) {
    if (screen.kind() != Screen.Kind.NONE) {
      ResumeReport.of(prepared, stages, detailed).forEach(this::line);
    }
  }

  @Override
  public void stalled(Duration time, Path log) {
    line("nothing has happened for " + Quantities.duration(time) + "; what each thread does is in " + log);
  }

  @Override
  public void purged(Receipt receipt) {
    receipts.add(receipt);
    receipt.failures().forEach(failure -> line("could not delete " + failure));
  }

  @Override
  public void started(PreparedJob prepared, RunProgress progress) {
    job = Optional.of(prepared);
    display = switch (screen.kind()) {
      case LIVE -> Optional.of(new LiveProgress(screen, progress::stages));
      case LINES -> Optional.of(new LineProgress(screen, progress::stages));
      case NONE -> Optional.empty();
    };
    if (screen.kind() != Screen.Kind.NONE) {
      line("run " + prepared.plan().runId() + " of job " + prepared.spec().name());
    }
    display.ifPresent(ProgressDisplay::start);
  }

  @Override
  public void ended() {
    display.ifPresent(ProgressDisplay::stop);
  }

  @Override
  public void checked(List<CheckFigures> checks) {
    for (CheckFigures check : checks) {
      if (!check.verdict().equals("held")) {
        String line = "check " + check.name() + " " + check.verdict() + ": " + check.found();
        line(check.verdict().equals("failed") ? screen.style().bad(line) : screen.style().odd(line));
      }
    }
  }

  @Override
  public void published(OutputFigures output) {
    // The summary tells of all outputs together.
  }

  @Override
  public void rowsForStandardOutput(Path file) throws IOException {
    rowsWritten = true;
    try {
      Files.copy(file, rows);
      rows.flush();
    } catch (IOException e) {
      // Who closes the pipe, like head, has seen enough; that is no failure of the run.
      if (!BROKEN_PIPE.equals(e.getMessage())) {
        throw e;
      }
    }
  }

  @Override
  public void cleaned(Receipt receipt) {
    purged(receipt);
  }

  private void line(String text) {
    screen.out().println(text);
    screen.out().flush();
  }
}
