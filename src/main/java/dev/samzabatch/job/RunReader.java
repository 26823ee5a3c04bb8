package dev.samzabatch.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads {@code run}, and knows what holds when it says nothing. */
final class RunReader {

  private static final int MAX_CONTAINERS = 1024;
  private static final int MAX_KEPT_RUNS = 100_000;
  private static final int MAX_RETRIES = 1000;
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(60);

  /** What is not committed nobody sees, so somebody may be waiting for it. */
  private static final Duration COMMIT_EVERY_ENDLESS = Duration.ofSeconds(5);

  private static final List<String> KEYS =
      List.of("containers", "memory", "state", "streams-on", "streams", "commit-every", "partitions", "if-running",
          "keep-runs", "retries", "retry-window", "stall-after", "fail-on-stall");

  private RunReader() {}

  /** What the section says, and what holds when there is none. */
  static RunSpec read(Optional<Node> run, Map<String, SystemSpec> systems, Mode mode) {
    return run.flatMap(node -> Section.of(node, "run", KEYS)).map(section -> read(section, systems, mode))
        .orElseGet(() -> new RunSpec(cores(), OptionalLong.empty(), StateKind.AUTO, StreamsOn.LOCAL,
            mode == Mode.BATCH ? COMMIT_EVERY : COMMIT_EVERY_ENDLESS, OptionalInt.empty(), RunSpec.IfRunning.FAIL, 7,
            RunSpec.Recovery.USUAL));
  }

  private static RunSpec read(Section section, Map<String, SystemSpec> systems, Mode mode) {
    RunSpec usual = read(Optional.empty(), Map.of(), mode);
    Optional<Long> memory = section.find("memory").flatMap(Scalars::size);
    Optional<Integer> partitions =
        section.find("partitions").flatMap(node -> Scalars.integer(node, 1, StepReader.MAX_PARTITIONS));
    return new RunSpec(
        section.find("containers").flatMap(node -> Scalars.integer(node, 1, MAX_CONTAINERS)).orElse(usual.containers()),
        memory.isPresent() ? OptionalLong.of(memory.get()) : OptionalLong.empty(),
        section.find("state").flatMap(node -> Scalars.oneOf(node, StateKind.class)).orElse(usual.state()),
        StreamsReader.read(section, systems),
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
