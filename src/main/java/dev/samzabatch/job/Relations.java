package dev.samzabatch.job;

import dev.samzabatch.data.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names of all inputs and steps, also of those with mistakes, so that nothing is reported twice. */
final class Relations {

  private final Set<String> names = new TreeSet<>();

  /** Takes the sections that declare relations and notes names that are both an input and a step. */
  Relations(Optional<Node> inputs, Optional<Node> steps) {
    inputs.filter(Node::isObject).ifPresent(node -> Section.named(node).forEach(child -> names.add(child.name())));
    for (Section.Named step : steps.filter(Node::isObject).map(Section::named).orElse(List.of())) {
      if (!names.add(step.name())) {
        step.node().keyError("SB-1054", "\"" + step.name() + "\" is the name of an input and of a step",
            "give the step another name");
      }
    }
  }

  /** The relation that a value names; empty after a problem was noted. */
  Optional<Reference> read(Node node) {
    Optional<MappedText> text = node.text("the name of an input or step").map(MappedText::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String name = text.get().text();
    if (!names.contains(name)) {
      String near = NearestName.hint(name, names);
      node.error("SB-1052", "\"" + name + "\" is no input and no step of this job",
          near.isEmpty() ? "inputs and steps: " + String.join(", ", names) : near);
      return Optional.empty();
    }
    return Optional.of(new Reference(name, text.get().place(0)));
  }

  /** The relations that a list names; those that do not exist are noted and left out. */
  List<Reference> readList(Node node, String example) {
    List<Reference> references = new ArrayList<>();
    for (Node element : node.elements(example)) {
      read(element).ifPresent(references::add);
    }
    return references;
  }
}
