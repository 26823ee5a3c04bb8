package dev.samzabatch.job;

import dev.samzabatch.data.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checks what inputs, outputs and the run say about topics against each other. */
final class TopicRules {

  private final Problems problems;
  private final Collection<InputSpec> inputs;
  private final Collection<OutputSpec> outputs;

  TopicRules(Problems problems, Collection<InputSpec> inputs, Collection<OutputSpec> outputs) {
    this.problems = problems;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** What is published with every commit is in one transaction with the streams, so all of it is on one system. */
  void checkCommits(StreamsOn streams) {
    List<OutputSpec> going = outputs.stream().filter(output -> output.topic()
        .filter(topic -> topic.publish() == TopicOutput.Publish.AS_YOU_GO).isPresent()).toList();
    if (going.isEmpty()) {
      return;
    }
    OutputSpec first = going.get(0);
    String system = streams.system().orElse(first.location().system());
    String owner = streams.system().isPresent() ? "the internal streams are" : "output \"" + first.name() + "\" is";
    for (OutputSpec output : going) {
      if (!output.location().system().equals(system)) {
        problems.add(Problem.error("SB-1076", output.location().place(),
            "output \"" + output.name() + "\" goes to the system \"" + output.location().system()
                + "\" as it goes on, and " + owner + " on \"" + system + "\"",
            "a transaction is of one system; in batch mode an output with publish = at-end may be on another"));
      }
    }
  }

  /** Checks a job that runs until it is stopped; {@code mode} is where that is said. */
  void checkEndless(Node mode) {
    if (inputs.stream().noneMatch(InputSpec::isUnbounded)) {
      mode.error("SB-1074", "every input of this job has an end",
          "remove it, for a job in batch mode; or leave out until of a topic; or add grows = true to an input of"
              + " files");
    }
    for (OutputSpec output : outputs) {
      Optional<InputSpec> read = inputs.stream().filter(input -> reads(input, output)).findFirst();
      read.ifPresent(input -> problems.add(Problem.error("SB-1078", output.location().place(),
          "output \"" + output.name() + "\" is written to a topic that input \"" + input.name()
              + "\" reads, and would be read again without end",
          "write to another topic")));
    }
  }

  private static boolean reads(InputSpec input, OutputSpec output) {
    return output.topic().isPresent() && input.isUnbounded() && input.locations().stream()
        .anyMatch(location -> location.system().equals(output.location().system()) && location.topicPattern()
            .map(pattern -> pattern.matcher(output.location().path()).matches())
            .orElse(location.path().equals(output.location().path())));
  }
}
