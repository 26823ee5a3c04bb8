package dev.samzabatch.cli;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.plan.PlanPrinter;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.run.AccessRule;
import dev.samzabatch.run.AccessRules;
import dev.samzabatch.run.FoundInput;
import dev.samzabatch.run.JobPreparation;
import dev.samzabatch.run.JobRunner;
import dev.samzabatch.run.PreparedJob;
import dev.samzabatch.run.RunSettings;
import dev.samzabatch.run.StateDirectory;
import java.util.ArrayList;
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

  /**
   * Checks a job.
   *
   * @param connect whether to tell first what the job must be allowed to do on the systems that it names
   */
  int check(JobRequest request, boolean json, boolean connect) {
    List<AccessRule> rules = connect ? AccessRules.of(JobLoader.load(request)) : List.of();
    if (!json) {
      rules(rules);
    }
    PreparedJob job;
    try {
      job = JobPreparation.prepare(request, RunSettings.DEFAULT);
      console.warnings(job.warnings());
      console.warnings(JobRunner.checkOutputs(job, StateDirectory.ofEnvironment(System.getenv())));
    } catch (UserException e) {
      if (!json || !connect) {
        throw e;
      }
      Map<String, Object> document = ErrorReport.document(e);
      document.put("acls", rules.stream().map(PlanAction::object).toList());
      console.json(document);
      console.error(e);
      return ExitCode.of(e.kind());
    }
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("ok", true);
      document.put("job", job.spec().name());
      if (connect) {
        document.put("acls", rules.stream().map(PlanAction::object).toList());
      }
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

  /** Told before anything is connected: who lacks one of them sees the whole list. */
  private void rules(List<AccessRule> rules) {
    List<String> lines = new ArrayList<>();
    String system = "";
    for (AccessRule rule : rules) {
      if (!rule.system().equals(system)) {
        system = rule.system();
        lines.add("what the user of system " + system + " must be allowed to do, as arguments of kafka-acls.sh --add:");
      }
      lines.add("  " + rule.arguments() + "   # " + rule.why());
    }
    console.answer(lines);
  }

  private static Map<String, Object> object(AccessRule rule) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("system", rule.system());
    object.put("operation", rule.operation());
    object.put("resource", rule.resource());
    object.put("name", rule.name());
    object.put("prefixed", rule.prefixed());
    object.put("why", rule.why());
    return object;
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
