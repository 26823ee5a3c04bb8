package dev.samzabatch.cli;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.report.RunSummary;
import dev.samzabatch.report.Table;
import dev.samzabatch.run.MetricsFile;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.run.RunRegistry;
import dev.samzabatch.run.RunStatus;
import dev.samzabatch.run.StateDirectory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells about earlier runs and those under way. */
final class HistoryAction {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final StateDirectory state;
  private final RunRegistry registry;
  private final Console console;
  private final boolean json;

  HistoryAction(StateDirectory state, Console console, boolean json) {
    this.state = state;
    this.registry = new RunRegistry(state);
    this.console = console;
    this.json = json;
  }

  int list(Optional<String> job) {
    List<RunRecord> runs = job.map(registry::runs).orElseGet(registry::runs);
    if (json) {
      console.json(runs.stream().map(RunRecord::toMap).toList());
    } else if (runs.isEmpty()) {
      String whose = job.map(name -> " of job " + name).orElse("");
      console.answer(List.of("no runs" + whose + " in " + state.root() + " yet; start one: samza-batch run JOB.CONF"));
    } else {
      console.answer(table(runs).lines());
    }
    return ExitCode.DONE;
  }

  private static Table table(List<RunRecord> runs) {
    Table table = Table.of("run", "job", "status", "started", "took", "rows published").right(4, 5);
    for (RunRecord run : runs) {
      long rows = run.outputs().stream().mapToLong(OutputFigures::rows).sum();
      String status = RunSummary.word(run.status()) + (run.isResumable() ? ", resumable" : "");
      table.row(run.runId(), run.job(), status, time(run.started()), took(run),
          run.outputs().isEmpty() ? "" : Quantities.count(rows));
    }
    return table;
  }

  /** How long it took; nobody knows for a run whose process died. */
  private static String took(RunRecord run) {
    return switch (run.status()) {
      case DEAD -> "";
      case RUNNING, DONE, FAILED, CHECKS_FAILED, INTERRUPTED -> Quantities.duration(run.duration(Instant.now()));
    };
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  int show(String text) {
    RunRecord run = registry.resolve(text);
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>(run.toMap());
      if (run.status() == RunStatus.RUNNING) {
        MetricsFile.read(state, run.runId()).ifPresent(metrics -> document.put("metrics", metrics));
      }
      console.json(document);
      return ExitCode.DONE;
    }
    List<String> lines = new ArrayList<>(RunSummary.of(run, Instant.now(), console.style()));
    lines.add("");
    lines.add("started   " + time(run.started()));
    lines.add("job file  " + run.jobFile());
    if (!run.planHash().isEmpty()) {
      lines.add("plan      " + run.planHash());
    }
    lines.add("kept in   " + state.runDirectory(run.runId()));
    registry.host(run.runId()).ifPresent(host -> lines.add("host      " + host));
    if (run.isResumable()) {
      lines.add("go on with it:         samza-batch resume " + run.runId());
    }
    switch (run.status()) {
      case FAILED, CHECKS_FAILED, INTERRUPTED, DEAD -> {
        lines.add("look into its streams: samza-batch streams ls " + run.runId());
        lines.add("delete all of it:      samza-batch clean --run-id " + run.runId());
      }
      case DONE, RUNNING -> {
      }
    }
    console.answer(lines);
    return ExitCode.DONE;
  }
}
