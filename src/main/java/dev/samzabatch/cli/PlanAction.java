package dev.samzabatch.cli;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.plan.PlanPrinter;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.run.FoundInput;
import dev.samzabatch.run.JobPreparation;
import dev.samzabatch.run.JobRunner;
import dev.samzabatch.run.PreparedJob;
import dev.samzabatch.run.RunSettings;
import dev.samzabatch.run.StateDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks and plans a job without running it. */
final class PlanAction {

  private final Console console;

  PlanAction(Console console) {
    this.console = console;
  }

  int check(JobRequest request, boolean json) {
    PreparedJob job = JobPreparation.prepare(request, RunSettings.DEFAULT);
    console.warnings(job.warnings());
    console.warnings(JobRunner.checkOutputs(job, StateDirectory.ofEnvironment(System.getenv())));
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("ok", true);
      document.put("job", job.spec().name());
      document.put("problems", job.warnings().stream().map(ErrorReport::object).toList());
      console.json(document);
    } else if (!console.quiet()) {
      String counts = String.join(", ",
          Quantities.count(job.spec().inputs().size(), "input"),
          Quantities.count(job.spec().steps().size(), "step"),
          Quantities.count(job.spec().outputs().size(), "output"),
          Quantities.count(job.spec().checks().size(), "check"));
      console.answer(List.of(request.file() + ": job " + job.spec().name() + " has no errors (" + counts + ")"));
    }
    return ExitCode.DONE;
  }

  int plan(JobRequest request, PlanCommand.Form form) {
    PreparedJob job = JobPreparation.prepare(request, RunSettings.DEFAULT);
    console.warnings(job.warnings());
    List<PlannedInput> inputs = job.inputs().values().stream().map(FoundInput::planned).toList();
    Set<String> inferred = job.inputs().entrySet().stream()
        .filter(e -> e.getValue().inferred()).map(Map.Entry::getKey).collect(Collectors.toSet());
    PlanPrinter printer = new PlanPrinter(job.plan(), inputs, inferred);
    switch (form) {
      case TEXT -> console.answer(printer.text().lines().toList());
      case JSON -> console.json(printer.json());
      case DOT -> console.answer(printer.dot().lines().toList());
      case MERMAID -> console.answer(printer.mermaid().lines().toList());
    }
    return ExitCode.DONE;
  }
}
