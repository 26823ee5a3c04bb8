package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.LocalStores;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import dev.samzabatch.system.log.LogStreams;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs an operator as a container does: commits between any two steps, makes it spill, and now and then loses all that
 * is not committed and goes on with a new operator, in a new lane, from changelogs that end at the last commit.
 *
 * <pre>
 * step = one batch of a port | the end of a port | one drain
 * </pre>
 */
final class OperatorRun implements Closeable {

  /**
   * How a run is disturbed; of {@code n} steps one is followed by each of these, never when 0.
   *
   * @param most how often at most it restarts
   */
  record Disturbance(StateKind kind, long memoryBytes, int commits, int spills, int restarts, int most, long seed) {

    /** One that only lets it run. */
    static Disturbance none(StateKind kind) {
      return new Disturbance(kind, Long.MAX_VALUE, 0, 0, 0, 0, 0);
    }
  }

  /** What a commit keeps: next step, what was emitted by then, and the operator's cursor. */
  private record Commit(int step, int emitted, long cursor, int endedPorts) {}

  private final Path directory;
  private final List<StreamSpec> changelogs;
  private final Disturbance disturbance;
  private final Random random;
  private final Function<OperatorState, Operator> operators;
  private final Consumer<RecordBatch> check;
  private final List<List<Object>> emitted = new ArrayList<>();
  private final Map<String, Map<String, long[]>> committed = new HashMap<>();
  private final Map<String, StreamWriter> writers = new HashMap<>();
  private LogStreams streams;
  private LocalStores stores;
  private Operator operator;
  private Commit last;
  private int attempt;
  private int endedPorts;
  private int ports;

  /**
   * A run that has not begun.
   *
   * @param directory of the run's own
   * @param check is given every emitted batch
   */
  OperatorRun(
      Path directory,
      List<StreamSpec> changelogs,
      Disturbance disturbance,
      Function<OperatorState, Operator> operators,
      Consumer<RecordBatch> check) {
    this.directory = directory;
    this.changelogs = changelogs;
    this.disturbance = disturbance;
    this.operators = operators;
    this.check = check;
    random = new Random(disturbance.seed());
  }

  /** Runs to the end; gives all rows emitted, each as often as one who reads only what is committed would see it. */
  List<List<Object>> run(List<List<RecordBatch>> batches) throws IOException {
    List<Step> steps = steps(batches);
    ports = batches.size();
    start();
    int next = 0;
    boolean more = true;
    while (more) {
      if (next < steps.size()) {
        steps.get(next).run();
      } else {
        more = operator.drain(this::emit);
      }
      next++;
      assertThat(operator.memoryBytes()).isNotNegative();
      if (hits(disturbance.spills())) {
        operator.spill();
      }
      if (more && hits(disturbance.commits())) {
        commit(next);
      }
      if (attempt <= disturbance.most() && hits(disturbance.restarts())) {
        restart();
        next = last == null ? 0 : last.step();
        more = true;
      }
    }
    return emitted;
  }

  private interface Step {
    void run() throws IOException;
  }

  private List<Step> steps(List<List<RecordBatch>> batches) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      int port = i;
      for (RecordBatch batch : batches.get(port)) {
        steps.add(() -> {
          RecordBatch given = OperatorTester.copy(batch);
          operator.process(port, given, this::emit);
          OperatorTester.overwrite(given);
        });
      }
      steps.add(() -> {
        operator.endOfStream(port, this::emit);
        endedPorts = port + 1;
      });
    }
    return steps;
  }

  private boolean hits(int oneOf) {
    return oneOf > 0 && random.nextInt(oneOf) == 0;
  }

  private void emit(RecordBatch batch) {
    check.accept(batch);
    emitted.addAll(Values.rows(batch));
  }

  private void start() throws IOException {
    attempt++;
    streams = new LogStreams(directory.resolve("streams"));
    stores = new LocalStores(directory.resolve("stores"), 4 << 20);
    String lane = String.format("%04d-c0", attempt);
    List<Changelog> logs = new ArrayList<>();
    for (StreamSpec stream : changelogs) {
      if (attempt == 1) {
        streams.create(stream);
      }
      committed.getOrDefault(stream.name(), Map.of()).forEach((name, ends) -> streams.publish(stream, name, ends));
      logs.add(new Changelog(streams, stream, lane, this::writer, 0, stream.partitions()));
    }
    operator =
        operators.apply(new OperatorState(disturbance.kind(), disturbance.memoryBytes(), logs, "s0-op1", stores));
  }

  private StreamWriter writer(StreamSpec stream) throws IOException {
    StreamWriter writer = streams.openWriter(stream, String.format("%04d-c0", attempt), new long[0]);
    writers.put(stream.name(), writer);
    return writer;
  }

  private void commit(int nextStep) throws IOException {
    if (endedPorts < ports) {
      operator.flush(this::emit);
    }
    long cursor = operator.save();
    last = new Commit(nextStep, emitted.size(), cursor, endedPorts);
    String lane = String.format("%04d-c0", attempt);
    for (StreamSpec stream : changelogs) {
      StreamWriter writer = writers.get(stream.name());
      if (writer != null) {
        long[] ends = writer.write();
        committed.computeIfAbsent(stream.name(), name -> new HashMap<>()).put(lane, ends);
        streams.publish(stream, lane, ends);
      }
    }
  }

  private void restart() throws IOException {
    stop();
    emitted.subList(last == null ? 0 : last.emitted(), emitted.size()).clear();
    endedPorts = last == null ? 0 : last.endedPorts();
    start();
    if (last != null) {
      operator.restore(last.cursor(), last.endedPorts());
    }
  }

  private void stop() throws IOException {
    operator.close();
    for (StreamWriter writer : writers.values()) {
      writer.close();
    }
    writers.clear();
    stores.close();
    streams.close();
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
