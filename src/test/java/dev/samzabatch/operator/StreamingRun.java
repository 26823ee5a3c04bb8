package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.LocalStores;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.LanePosition;
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
import java.util.function.Function;

/**
 * Runs an operator over rows without end as a container does: batches and watermarks as they come, commits between any
 * two steps, and now and then a restart from the last commit, before or behind the giving back of what the commit has
 * made superfluous. Segments of changelogs are small, so that what is given back is really gone.
 */
final class StreamingRun implements Closeable {

  /** Something that happens to the operator. */
  interface Step {
    void run(Operator operator, Output output) throws IOException;
  }

  /** What a commit keeps. */
  private record Commit(int step, int emitted, long cursor, int endedPorts, List<Map<String, LanePosition>> starts) {}

  private static final long SEGMENT_BYTES = 2 << 10;

  private final Path directory;
  private final List<StreamSpec> specs;
  private final Function<OperatorState, Operator> operators;
  private final Random random;
  private final boolean disturbed;
  private final List<Step> steps = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final List<List<Object>> emitted = new ArrayList<>();
  private final Map<String, Map<String, long[]>> committed = new HashMap<>();
  private final Map<String, StreamWriter> writers = new HashMap<>();
  private final List<Changelog> logs = new ArrayList<>();
  private LogStreams streams;
  private LocalStores stores;
  private Operator operator;
  private Commit last;
  private int attempt;
  private long mostLogged;

  /** A run in a directory that holds nothing else; undisturbed ones neither commit nor restart. */
  StreamingRun(Path directory, List<StreamSpec> specs, Random random, boolean disturbed,
      Function<OperatorState, Operator> operators) throws IOException {
    this.directory = directory;
    this.specs = specs;
    this.random = random;
    this.disturbed = disturbed;
    this.operators = operators;
    start();
  }

  /** Adds a batch of rows. */
  StreamingRun batch(int port, Schema schema, List<List<Object>> rows) {
    return step((to, output) -> {
      RecordBatch batch = Values.batch(schema, rows);
      to.process(port, batch, output);
      OperatorTester.overwrite(batch);
    });
  }

  /** Adds the promise of a watermark. */
  StreamingRun watermark(long micros) {
    return step((to, output) -> to.watermark(micros, output));
  }

  /** Adds something else. */
  StreamingRun step(Step step) {
    steps.add(step);
    ends.add(0);
    return this;
  }

  /** Adds the end of a port. */
  StreamingRun end(int port) {
    step((to, output) -> to.endOfStream(port, output));
    ends.set(ends.size() - 1, 1);
    return this;
  }

  /** Runs all steps, and drains when a port has ended; gives what one who reads only what is committed would see. */
  List<List<Object>> run() throws IOException {
    int next = 0;
    boolean more = true;
    while (more) {
      if (next < steps.size()) {
        steps.get(next).run(operator, this::emit);
      } else {
        more = endedPorts(next) > 0 && operator.drain(this::emit);
      }
      next++;
      if (disturbed && more && random.nextInt(3) == 0) {
        commit(next);
      }
      if (disturbed && attempt < 8 && random.nextInt(12) == 0) {
        restart();
        next = last == null ? 0 : last.step();
        more = true;
      }
    }
    return emitted;
  }

  private int endedPorts(int next) {
    return ends.subList(0, Math.min(next, ends.size())).stream().mapToInt(Integer::intValue).sum();
  }

  /** The operator as it is now. */
  Operator operator() {
    return operator;
  }

  /** The most bytes that changelogs have held at a commit. */
  long mostLogged() {
    return mostLogged;
  }

  private void emit(RecordBatch batch) {
    emitted.addAll(Values.rows(batch));
  }

  private String lane() {
    return String.format("%04d-c0", attempt);
  }

  private void start() throws IOException {
    attempt++;
    streams = new LogStreams(directory.resolve("streams"), 1 << 20, SEGMENT_BYTES);
    stores = new LocalStores(directory.resolve("stores"), 4 << 20);
    logs.clear();
    for (StreamSpec spec : specs) {
      if (attempt == 1) {
        streams.create(spec);
      }
      for (String lane : streams.lanes(spec)) {
        long[] lengths = committed.getOrDefault(spec.name(), Map.of()).getOrDefault(lane, new long[1]);
        streams.cut(spec, lane, lengths);
        streams.publish(spec, lane, lengths);
      }
      Changelog log = new Changelog(streams, spec, lane(), this::writer, 0, spec.partitions());
      log.startAt(last == null ? Map.of() : last.starts().get(logs.size()));
      logs.add(log);
    }
    operator = operators.apply(
        new OperatorState(StateKind.MEMORY, Long.MAX_VALUE, List.copyOf(logs), "s0-op1", stores));
  }

  private StreamWriter writer(StreamSpec stream) throws IOException {
    StreamWriter writer = streams.openWriter(stream, lane(), new long[0]);
    writers.put(stream.name(), writer);
    return writer;
  }

  /** Commits; one in five dies before what is superfluous was given back. */
  private void commit(int nextStep) throws IOException {
    int endedPorts = endedPorts(nextStep);
    if (endedPorts == 0) {
      operator.flush(this::emit);
    }
    long cursor = operator.save();
    List<Map<String, LanePosition>> starts = new ArrayList<>();
    logs.forEach(log -> starts.add(log.start()));
    last = new Commit(nextStep, emitted.size(), cursor, endedPorts, starts);
    for (StreamSpec spec : specs) {
      StreamWriter writer = writers.get(spec.name());
      if (writer != null) {
        long[] lengths = writer.flush();
        committed.computeIfAbsent(spec.name(), name -> new HashMap<>()).put(lane(), lengths);
        streams.publish(spec, lane(), lengths);
      }
    }
    if (random.nextInt(5) > 0) {
      for (Changelog log : logs) {
        log.dropForgotten();
      }
    }
    mostLogged = Math.max(mostLogged, logged());
  }

  private long logged() throws IOException {
    long bytes = 0;
    for (StreamSpec spec : specs) {
      bytes += OperatorTester.bytes(directory.resolve("streams").resolve(spec.name()));
    }
    return bytes;
  }

  private void restart() throws IOException {
    stop();
    emitted.subList(last == null ? 0 : last.emitted(), emitted.size()).clear();
    start();
    if (last != null) {
      operator.restore(last.cursor(), last.endedPorts());
    }
    assertThat(operator.memoryBytes()).isNotNegative();
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
