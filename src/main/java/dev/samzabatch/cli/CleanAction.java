package dev.samzabatch.cli;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.report.RunReporter;
import dev.samzabatch.report.Table;
import dev.samzabatch.run.Cleaner;
import dev.samzabatch.run.Receipt;
import dev.samzabatch.run.RunDeletion;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRegistry;
import dev.samzabatch.run.RunStatus;
import dev.samzabatch.run.SharedRuns;
import dev.samzabatch.run.StateDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes runs and gives a receipt. */
final class CleanAction {

  private final StateDirectory state;
  private final SharedRuns shared;
  private final RunRegistry registry;
  private final Console console;
  private final boolean dryRun;
  private final boolean json;

  CleanAction(StateDirectory state, SharedRuns shared, Console console, boolean dryRun, boolean json) {
    this.state = state;
    this.shared = shared;
    this.registry = new RunRegistry(state);
    this.console = console;
    this.dryRun = dryRun;
    this.json = json;
  }

  int clean(CleanCommand.Selection selection, Optional<String> job) throws IOException {
    Cleaner cleaner = new Cleaner(state, dryRun);
    RunReporter reporter = new RunReporter(console.screen(), StandardOutput.stream(), false);
    RunDeletion deletion = new RunDeletion(state, cleaner, shared, reporter, dryRun);
    if (selection.orphans()) {
      deletion.deleteOrphans().forEach(untouched -> console.tell("not touched: " + untouched));
    } else {
      for (RunRecord run : selected(selection, job)) {
        if (!deletion.delete(run)) {
          stays(run);
        }
      }
    }
    Receipt receipt = cleaner.receipt();
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("dryRun", dryRun);
      document.put("bytes", receipt.bytes());
      document.put("deleted", receipt.items().stream().map(CleanAction::object).toList());
      document.put("failures", receipt.failures());
      console.json(document);
    } else {
      print(receipt);
    }
    receipt.failures().forEach(failure -> console.tell("could not delete " + failure));
    return receipt.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** The runs that are meant and are not under way. */
  private List<RunRecord> selected(CleanCommand.Selection selection, Optional<String> job) {
    if (selection.runId().isPresent()) {
      if (!dryRun) {
        registry.fitting(selection.runId().get()).forEach(shared::attachFor);
      }
      RunRecord run = registry.resolve(selection.runId().get());
      if (run.status() == RunStatus.RUNNING) {
        throw new UserException(Problem.error("SB-6001", Place.none(),
            "run " + run.runId() + " of job " + run.job() + " is under way", "stop it, or wait until it has ended"));
      }
      return List.of(run);
    }
    List<RunRecord> selected = new ArrayList<>();
    for (RunRecord run : job.map(registry::runs).orElseGet(registry::runs)) {
      boolean old = selection.older().map(age -> run.started().isBefore(Instant.now().minus(age))).orElse(true);
      boolean wanted = old && !(selection.failed() && run.status().isDone());
      if (wanted && run.status() == RunStatus.RUNNING) {
        stays(run);
      } else if (wanted) {
        selected.add(run);
      }
    }
    return selected;
  }

  private void stays(RunRecord run) {
    console.tell("run " + run.runId() + " of job " + run.job() + " is under way and stays");
  }

  private void print(Receipt receipt) {
    if (console.quiet()) {
      return;
    }
    if (receipt.items().isEmpty()) {
      console.answer(List.of("nothing to delete in " + state.root()));
      return;
    }
    Table table = Table.of(List.of("run", "kind", "name", "size"), Integer.MAX_VALUE - 1).right(3);
    receipt.items().forEach(i -> table.row(i.runId(), i.kind(), i.name(), Quantities.bytes(i.bytes())));
    List<String> lines = new ArrayList<>(table.lines());
    lines.add((dryRun ? "would delete " : "deleted ") + Quantities.count(receipt.items().size(), "item") + ", "
        + Quantities.bytes(receipt.bytes()));
    console.answer(lines);
  }

  /** A deleted thing as a JSON object. */
  static Map<String, Object> object(Receipt.Item item) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run.id", item.runId());
    object.put("kind", item.kind());
    object.put("name", item.name());
    object.put("bytes", item.bytes());
    return object;
  }
}
