package dev.samzabatch.job;

import dev.samzabatch.data.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code steps}. */
final class StepReader {

  /** Partitions of one internal stream, at most; more would be more files than rows are worth. */
  static final int MAX_PARTITIONS = 4096;

  private static final List<String> KEYS = Names.keys(List.of("from", "filter", "select", "partitions", "state"),
      Names.keys(VerbReader.KEYS, TimeReader.STEP_KEYS));

  private final Relations relations;
  private final VerbReader verbs;

  StepReader(Relations relations) {
    this.relations = relations;
    this.verbs = new VerbReader(relations);
  }

  Map<String, StepSpec> read(Optional<Node> steps) {
    Map<String, StepSpec> specs = new LinkedHashMap<>();
    for (Section.Named child : steps.map(Section::named).orElse(List.of())) {
      Names.checkRelation(child);
      Section.of(child.node(), "a step", KEYS)
          .flatMap(section -> step(child.name(), section))
          .ifPresent(spec -> specs.put(child.name(), spec));
    }
    return specs;
  }

  private Optional<StepSpec> step(String name, Section section) {
    List<VerbKey> present = presentVerbs(section);
    Optional<VerbKey> key = present.stream().findFirst();
    verbs.refuseStrayParts(section, key);
    if (key.isEmpty() && !section.has("from")) {
      section.node().keyError("SB-1051", "step \"" + name + "\" reads nothing",
          "add for example from = the-name-of-an-input");
      return Optional.empty();
    }
    Optional<Reference> from = from(section, key);
    Optional<SqlText> filter = section.find("filter").flatMap(Node::sql);
    List<SqlText> select = section.find("select")
        .map(node -> node.expressions("select = [id, \"price * amount as total\"]")).orElse(List.of());
    OptionalInt partitions = partitions(section, key);
    Optional<StateKind> state = state(section, key);
    StepSpec.TimeSpec time = TimeReader.ofStep(section, key);
    Optional<Verb> verb = key.isEmpty() ? Optional.of(new Verb.Pass()) : verbs.read(section, key.get());
    boolean readsFrom = key.isEmpty() || key.get().readsFrom();
    if (verb.isEmpty() || readsFrom && from.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new StepSpec(name, section.node().place(), from, filter, verb.get(), select, partitions, state,
        time));
  }

  /** The verbs of a step; a step has at most one. */
  private static List<VerbKey> presentVerbs(Section section) {
    List<VerbKey> present = new ArrayList<>();
    for (VerbKey verb : VerbKey.values()) {
      if (verb.keyIn(section).isPresent() && !VerbReader.isSwitchedOff(section, verb)) {
        present.add(verb);
      }
    }
    if (present.size() > 1) {
      String first = present.get(0).keyIn(section).orElseThrow();
      String second = present.get(1).keyIn(section).orElseThrow();
      section.find(second).orElseThrow().keyError("SB-1050",
          "a step does one thing, and this one has both \"" + first + "\" and \"" + second + "\"",
          "make two steps of it, one from the other");
    }
    return present;
  }

  private Optional<Reference> from(Section section, Optional<VerbKey> key) {
    if (key.isPresent() && !key.get().readsFrom()) {
      section.refuse(List.of("from"),
          key.get() == VerbKey.SQL ? "the query names what it reads" : "union names what it reads");
      if (key.get() == VerbKey.SQL) {
        section.refuse(List.of("filter", "select"), "a query says this itself");
      }
      return Optional.empty();
    }
    return section.require("from", "from = the-name-of-an-input").flatMap(relations::read);
  }

  private static OptionalInt partitions(Section section, Optional<VerbKey> key) {
    if (key.isEmpty() || !key.get().movesRows()) {
      section.refuse(List.of("partitions"),
          "it belongs to aggregate, joins, distinct and partition-by, which move rows between partitions");
      return OptionalInt.empty();
    }
    Optional<Integer> count = section.find("partitions").flatMap(node -> Scalars.integer(node, 1, MAX_PARTITIONS));
    return count.isPresent() ? OptionalInt.of(count.get()) : OptionalInt.empty();
  }

  private static Optional<StateKind> state(Section section, Optional<VerbKey> key) {
    if (key.isEmpty() || !key.get().hasState()) {
      section.refuse(List.of("state"), "it belongs to aggregate, joins, distinct, order-by and sql, which hold rows");
      return Optional.empty();
    }
    return section.find("state").flatMap(node -> Scalars.oneOf(node, StateKind.class));
  }

  /** Warnings about steps that are not wrong but odd. */
  static List<Problem> warnings(Map<String, StepSpec> steps) {
    List<Problem> warnings = new ArrayList<>();
    for (StepSpec step : steps.values()) {
      if (step.verb() instanceof Verb.Sort sort && sort.by().isEmpty()) {
        warnings.add(Problem.warning("SB-1057", step.place(),
            "step \"" + step.name() + "\" has a limit or offset but no order: any of the rows may be kept",
            "add order-by to always keep the same ones"));
      }
    }
    return warnings;
  }
}
