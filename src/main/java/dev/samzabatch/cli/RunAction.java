package dev.samzabatch.cli;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.TopicOutput;
import dev.samzabatch.report.ResultHead;
import dev.samzabatch.report.RunReporter;
import dev.samzabatch.report.RunSummary;
import dev.samzabatch.report.Style;
import dev.samzabatch.run.JobRunner;
import dev.samzabatch.run.LockHolder;
import dev.samzabatch.run.Receipt;
import dev.samzabatch.run.ResumeRequest;
import dev.samzabatch.run.RunOutcome;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.run.RunSettings;
import dev.samzabatch.run.StateDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs a job and tells how it went. */
final class RunAction {

  private static final int HEAD_ROWS = 10;

  private final StateDirectory state;
  private final Console console;
  private final boolean json;

  RunAction(StateDirectory state, Console console, boolean json) {
    this.state = state;
    this.console = console;
    this.json = json;
  }

  /**
   * Runs the job.
   *
   * @param fresh whether a job without end begins anew
   * @return the exit code
   * @throws UserException when it cannot be started; nothing was created then
   */
  int run(JobRequest request, boolean fresh) {
    return run(runner -> runner.run(request, fresh));
  }

  /**
   * Resumes a run.
   *
   * @return the exit code
   * @throws UserException when it cannot be resumed; all is as it was then
   */
  int resume(RunRecord run, ResumeRequest request) {
    if (run.status().isDone()) {
      if (json) {
        console.json(run.toMap());
      } else if (!console.quiet()) {
        console.tell("run " + run.runId() + " of job " + run.job() + " is done: there is nothing to resume");
      }
      return ExitCode.DONE;
    }
    return run(runner -> runner.resume(run, request));
  }

  private int run(Function<JobRunner, JobRunner.Result> start) {
    RunReporter reporter = new RunReporter(console.screen(), StandardOutput.stream(), console.verbose());
    JobRunner runner = new JobRunner(state, RunSettings.DEFAULT, reporter);
    StopSignals signals = new StopSignals(runner);
    try {
      JobRunner.Result result = start.apply(runner);
      return result.outcome() == null ? notRun(result) : ended(result.outcome(), reporter);
    } finally {
      signals.told();
    }
  }

  private int notRun(JobRunner.Result result) {
    String holder = result.holder().map(LockHolder::toString).orElse("another process");
    String verdict = result.skipped() ? "skipped (if-running = skip)" : "not run (if-running = fail)";
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("status", result.skipped() ? "SKIPPED" : "ALREADY_RUNNING");
      result.holder().ifPresent(h -> document.put("running", h.runId()));
      console.json(document);
    }
    if (!console.quiet() || !result.skipped()) {
      console.tell("the job is already running: " + holder + "; " + verdict);
      result.holder().ifPresent(h -> console.tell("   see: samza-batch show " + h.runId()));
    }
    return result.skipped() ? ExitCode.DONE : ExitCode.ALREADY_RUNNING;
  }

  private int ended(RunOutcome outcome, RunReporter reporter) {
    if (json) {
      console.json(reporter.hasWrittenRows() ? console.err() : console.out(), document(outcome, reporter.receipts()));
    } else if (!console.quiet()) {
      summary(outcome.record(), reporter);
    }
    if (outcome.failure() != null) {
      console.error(outcome.failure());
    }
    if (!outcome.record().status().isDone()) {
      lastWords(outcome.record(), reporter);
    }
    return ExitCode.of(outcome);
  }

  private static Map<String, Object> document(RunOutcome outcome, List<Receipt> receipts) {
    Map<String, Object> document = new LinkedHashMap<>(outcome.record().toMap());
    document.put("deleted", receipts.stream().flatMap(r -> r.items().stream()).map(CleanAction::object).toList());
    return document;
  }

  /** The summary; a failure is told by itself, on standard error. */
  private void summary(RunRecord record, RunReporter reporter) {
    boolean rows = reporter.hasWrittenRows();
    Style style = rows ? console.screen().style() : console.style();
    List<String> lines = new ArrayList<>(RunSummary.of(record, Instant.now(), style));
    List<String> deletions = RunSummary.deletions(reporter.receipts());
    if (!deletions.isEmpty()) {
      lines.add("");
      lines.add(style.bold("deleted"));
      deletions.forEach(line -> lines.add("  " + line));
    }
    if (record.status().isDone()) {
      record.outputs().forEach(output -> lines.addAll(head(output, reporter, style)));
    }
    if (rows) {
      lines.forEach(console::tell);
    } else {
      console.answer(lines);
    }
  }

  private static List<String> head(OutputFigures output, RunReporter reporter, Style style) {
    if (!output.outcome().equals("published") || reporter.job().isEmpty()) {
      return List.of();
    }
    List<String> head = ResultHead.of(reporter.job().get(), output.name(), HEAD_ROWS);
    if (head.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of("", style.bold("the top of " + output.name())));
    head.forEach(line -> lines.add("  " + line));
    return lines;
  }

  /** Whether some output is published with every commit. */
  private static boolean publishesAsItGoes(RunReporter reporter) {
    return reporter.job().stream().flatMap(job -> job.spec().outputs().values().stream())
        .anyMatch(o -> o.topic().filter(t -> t.publish() == TopicOutput.Publish.AS_YOU_GO).isPresent());
  }

  private void lastWords(RunRecord record, RunReporter reporter) {
    List<String> published = record.outputs().stream()
        .filter(o -> o.outcome().equals("published")).map(OutputFigures::name).toList();
    String nothing =
        publishesAsItGoes(reporter) ? "what was committed before that is published" : "nothing was published";
    String what = published.isEmpty() ? nothing : "published before that: " + String.join(", ", published);
    String cause = switch (record.status()) {
      case CHECKS_FAILED -> record.failure();
      case INTERRUPTED -> "interrupted";
      case FAILED, DEAD, RUNNING, DONE -> "failed";
    };
    console.tell("run " + record.runId() + " of job " + record.job() + ": " + cause + " after "
        + Quantities.duration(record.duration(Instant.now())) + "; " + what + ". See: samza-batch show "
        + record.runId());
    if (record.isResumable()) {
      console.tell("resume: samza-batch resume " + record.runId());
    }
  }
}
