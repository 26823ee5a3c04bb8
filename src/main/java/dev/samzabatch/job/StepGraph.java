package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which step reads which. */
final class StepGraph {

  private final JobSpec job;

  /** For each step the steps and inputs that it reads. */
  private final Map<String, Set<String>> reads = new LinkedHashMap<>();

  StepGraph(JobSpec job, Map<String, Set<String>> sqlReferences) {
    this.job = job;
    for (StepSpec step : job.steps().values()) {
      Set<String> names = new LinkedHashSet<>();
      step.references().forEach(reference -> names.add(reference.name()));
      names.addAll(new TreeSet<>(sqlReferences.getOrDefault(step.name(), Set.of())));
      names.removeIf(name -> !job.steps().containsKey(name) && !job.inputs().containsKey(name));
      reads.put(step.name(), names);
    }
  }

  List<StepSpec> inOrder() {
    Map<String, Integer> waitsFor = new HashMap<>();
    Map<String, List<String>> readers = new HashMap<>();
    reads.forEach((step, names) -> names.stream().filter(job.steps()::containsKey).forEach(read -> {
      waitsFor.merge(step, 1, Integer::sum);
      readers.computeIfAbsent(read, key -> new ArrayList<>()).add(step);
    }));
    Deque<String> ready = new ArrayDeque<>();
    reads.keySet().stream().filter(step -> !waitsFor.containsKey(step)).forEach(ready::add);
    List<StepSpec> ordered = new ArrayList<>();
    while (!ready.isEmpty()) {
      String step = ready.remove();
      ordered.add(job.steps().get(step));
      for (String reader : readers.getOrDefault(step, List.of())) {
        if (waitsFor.merge(reader, -1, Integer::sum) == 0) {
          ready.add(reader);
        }
      }
    }
    if (ordered.size() < reads.size()) {
      waitsFor.values().removeIf(count -> count == 0);
      throw new UserException(cycle(waitsFor.keySet()));
    }
    return ordered;
  }

  /** Every step that is left reads at least one other that is left, so walking along ends in a circle. */
  private Problem cycle(Set<String> left) {
    String at = new TreeSet<>(left).first();
    List<String> way = new ArrayList<>();
    while (!way.contains(at)) {
      way.add(at);
      at = reads.get(at).stream().filter(left::contains).findFirst().orElseThrow();
    }
    List<String> circle = new ArrayList<>(way.subList(way.indexOf(at), way.size()));
    circle.add(at);
    String names = String.join(" <- ", circle);
    Place place = job.steps().get(at).place();
    String message =
        circle.size() == 2 ? "step \"" + at + "\" reads itself" : "steps read each other in a circle: " + names;
    return Problem.error("SB-1053", place, message, "a step reads inputs and other steps, never its own result");
  }

  List<Problem> unused() {
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    job.outputs().values().forEach(output -> open.add(output.from().name()));
    job.checks().values().forEach(check -> open.add(check.on().name()));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (needed.add(name)) {
        open.addAll(reads.getOrDefault(name, Set.of()));
      }
    }
    List<Problem> warnings = new ArrayList<>();
    job.steps().values().stream().filter(step -> !needed.contains(step.name()))
        .forEach(step -> warnings.add(unused("step", step.name(), step.place())));
    job.inputs().values().stream().filter(input -> !needed.contains(input.name()))
        .forEach(input -> warnings.add(unused("input", input.name(), input.place())));
    return warnings;
  }

  private static Problem unused(String what, String name, Place place) {
    return Problem.warning("SB-1055", place, what + " \"" + name + "\" leads to no output",
        "remove it, or write it out");
  }
}
