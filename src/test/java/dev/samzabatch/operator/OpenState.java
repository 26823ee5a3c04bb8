package dev.samzabatch.operator;

import dev.samzabatch.data.Schema;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.PlannedState;
import dev.samzabatch.plan.Work;
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
import java.util.List;

/** The state of one operator that is driven by hand, in a directory that holds nothing else. */
final class OpenState implements Closeable {

  private final LogStreams streams;
  private final LocalStores stores;
  private final List<StreamWriter> writers = new ArrayList<>();
  private final OperatorState state;

  /** Empty changelogs for an operator that gives this schema. */
  OpenState(Path directory, StateKind kind, long memoryBytes, Work work, Schema schema, Schema... inputs)
      throws IOException {
    streams = new LogStreams(directory.resolve("streams"));
    stores = new LocalStores(directory.resolve("stores"), 1 << 20);
    List<Changelog> logs = new ArrayList<>();
    for (StreamSpec stream : PlannedState.of(work, schema, List.of(inputs))) {
      streams.create(stream);
      logs.add(new Changelog(streams, stream, "0001-c0", this::open, 0, stream.partitions()));
    }
    state = new OperatorState(kind, memoryBytes, logs, "s0-op1", stores);
  }

  private StreamWriter open(StreamSpec stream) throws IOException {
    StreamWriter writer = streams.openWriter(stream, "0001-c0", new long[0]);
    writers.add(writer);
    return writer;
  }

  OperatorState get() {
    return state;
  }

  /** Bytes written to all changelogs. */
  long bytes() {
    return writers.stream().mapToLong(StreamWriter::bytes).sum();
  }

  @Override
  public void close() throws IOException {
    for (StreamWriter writer : writers) {
      writer.close();
    }
    stores.close();
    streams.close();
  }
}
