package dev.samzabatch.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads {@code run}, and knows what holds when it says nothing. */
final class RunReader {

  private static final int MAX_CONTAINERS = 1024;
  private static final int MAX_KEPT_RUNS = 100_000;
  private static final int MAX_RETRIES = 1000;
  private static final List<String> KEYS =
      List.of("containers", "memory", "state", "streams-on", "commit-every", "partitions", "if-running", "keep-runs",
          "retries", "retry-window", "stall-after", "fail-on-stall");

  private RunReader() {}

  static RunSpec read(Optional<Node> run) {
    return run.flatMap(node -> Section.of(node, "run", KEYS)).map(RunReader::read)
        .orElseGet(() -> new RunSpec(cores(), OptionalLong.empty(), StateKind.AUTO, RunSpec.StreamsOn.LOCAL,
            Duration.ofSeconds(60), OptionalInt.empty(), RunSpec.IfRunning.FAIL, 7, RunSpec.Recovery.USUAL));
  }

  private static RunSpec read(Section section) {
    RunSpec usual = read(Optional.empty());
    Optional<Long> memory = section.find("memory").flatMap(Scalars::size);
    Optional<Integer> partitions =
        section.find("partitions").flatMap(node -> Scalars.integer(node, 1, StepReader.MAX_PARTITIONS));
    return new RunSpec(
        section.find("containers").flatMap(node -> Scalars.integer(node, 1, MAX_CONTAINERS)).orElse(usual.containers()),
        memory.isPresent() ? OptionalLong.of(memory.get()) : OptionalLong.empty(),
        section.find("state").flatMap(node -> Scalars.oneOf(node, StateKind.class)).orElse(usual.state()),
        section.find("streams-on").flatMap(node -> Scalars.oneOf(node, RunSpec.StreamsOn.class))
            .orElse(usual.streamsOn()),
        section.find("commit-every").flatMap(Scalars::duration).orElse(usual.commitEvery()),
        partitions.isPresent() ? OptionalInt.of(partitions.get()) : OptionalInt.empty(),
        section.find("if-running").flatMap(node -> Scalars.oneOf(node, RunSpec.IfRunning.class))
            .orElse(usual.ifRunning()),
        section.find("keep-runs").flatMap(node -> Scalars.integer(node, 0, MAX_KEPT_RUNS)).orElse(usual.keepRuns()),
        recovery(section, usual.recovery()));
  }

  private static RunSpec.Recovery recovery(Section section, RunSpec.Recovery usual) {
    return new RunSpec.Recovery(
        section.find("retries").flatMap(node -> Scalars.integer(node, 0, MAX_RETRIES)).orElse(usual.retries()),
        section.find("retry-window").flatMap(Scalars::duration).orElse(usual.retryWindow()),
        section.find("stall-after").flatMap(Scalars::duration).orElse(usual.stallAfter()),
        section.find("fail-on-stall").flatMap(Scalars::bool).orElse(usual.failOnStall()));
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
