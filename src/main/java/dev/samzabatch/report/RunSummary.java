package dev.samzabatch.report;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.run.Receipt;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRecord.CheckFigures;
import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.run.RunRecord.StageFigures;
import dev.samzabatch.run.RunRecord.StepFigures;
import dev.samzabatch.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run was, as text: how it ended, its stages and streams, rows of every step, outputs and checks. */
public final class RunSummary {

  private final RunRecord record;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  private RunSummary(RunRecord record, Style style) {
    this.record = record;
    this.style = style;
  }

  /**
   * The summary of a run.
   *
   * @param now for a run that has not ended yet
   */
  public static List<String> of(RunRecord record, Instant now, Style style) {
    RunSummary summary = new RunSummary(record, style);
    summary.lines.add("run " + style.bold(record.runId()) + " of job " + record.job() + ": "
        + summary.status() + ", " + Quantities.duration(record.duration(now)) + summary.recovery());
    summary.stages();
    summary.steps();
    summary.outputs();
    summary.checks();
    if (!record.failure().isEmpty()) {
      summary.heading("failure");
      record.failure().lines().forEach(line -> summary.lines.add("  " + line));
    }
    return summary.lines;
  }

  /** A status in the words of the tables. */
  public static String word(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private String status() {
    String word = word(record.status());
    return switch (record.status()) {
      case DONE -> style.good(word);
      case RUNNING -> word;
      case FAILED, CHECKS_FAILED, INTERRUPTED, DEAD -> style.bad(word);
    };
  }

  /** What it took to get there, if it took anything. */
  private String recovery() {
    RunRecord.Recovery recovery = record.recovery();
    String restarts = recovery.restarts() == 0 ? "" : ", " + Quantities.count(recovery.restarts(), "restart");
    String resumes = recovery.resumes() == 0 ? "" : ", " + Quantities.count(recovery.resumes(), "resume");
    String commits = recovery.commits() == 0 ? "" : ", " + Quantities.count(recovery.commits(), "commit");
    return commits + restarts + resumes;
  }

  private void heading(String text) {
    lines.add("");
    lines.add(style.bold(text));
  }

  private void add(Table table) {
    table.lines().forEach(line -> lines.add("  " + line));
  }

  private void stages() {
    if (record.stages().isEmpty()) {
      return;
    }
    heading("stages");
    Table table = Table.of(List.of("stage", "tasks", "internal stream", "rows"), Integer.MAX_VALUE - 1).right(1, 3);
    for (int i = 0; i < record.stages().size(); i++) {
      StageFigures stage = record.stages().get(i);
      String name = i + " " + stage.name();
      if (stage.streams().isEmpty()) {
        table.row(name, stage.tasks(), "", "");
      }
      boolean first = true;
      for (Map.Entry<String, Long> stream : stage.streams().entrySet()) {
        String rows = Quantities.count(stream.getValue());
        table.row(first ? name : "", first ? stage.tasks() : "", stream.getKey(), rows);
        first = false;
      }
    }
    add(table);
  }

  private void steps() {
    if (!record.steps().isEmpty()) {
      heading("rows");
      Table table = Table.of("step", "read", "given").right(1, 2);
      for (StepFigures step : record.steps()) {
        table.row(step.name(), Quantities.count(step.read()), Quantities.count(step.given()));
      }
      add(table);
    }
  }

  private void outputs() {
    if (!record.outputs().isEmpty()) {
      heading("outputs");
      Table table = Table.of(List.of("output", "", "target", "rows", "size", "files"), Integer.MAX_VALUE - 1);
      for (OutputFigures output : record.outputs()) {
        String target = output.target().equals("-") ? "standard output" : output.target();
        table.row(output.name(), output.outcome(), target, Quantities.count(output.rows()),
            Quantities.bytes(output.bytes()), output.files());
      }
      add(table.right(3, 4, 5));
    }
  }

  private void checks() {
    if (!record.checks().isEmpty()) {
      heading("checks");
      Table table = Table.of("check", "", "found");
      for (CheckFigures check : record.checks()) {
        table.row(check.name(), check.verdict(), check.found());
      }
      add(table);
    }
  }

  /** What was deleted, in a line for each run and kind. */
  public static List<String> deletions(List<Receipt> receipts) {
    Table table = Table.of("run", "kind", "deleted", "size").right(2, 3);
    List<Receipt.Item> items = receipts.stream().flatMap(r -> r.items().stream()).toList();
    List<String> groups = items.stream().map(i -> i.runId() + " " + i.kind()).distinct().toList();
    for (String group : groups) {
      List<Receipt.Item> same = items.stream().filter(i -> group.equals(i.runId() + " " + i.kind())).toList();
      long bytes = same.stream().mapToLong(Receipt.Item::bytes).sum();
      table.row(same.get(0).runId(), same.get(0).kind(), same.size(), Quantities.bytes(bytes));
    }
    return table.isEmpty() ? List.of() : table.lines();
  }
}
