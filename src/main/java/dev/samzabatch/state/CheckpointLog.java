package dev.samzabatch.state;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Values;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Appends the checkpoints of one container, since one start of it, to the run's checkpoint stream. A checkpoint is
 * committed when {@link #append} returns: that is the commit point of everything it declares. When it fails, only
 * reading the lane again tells whether it is. Used by the container's thread.
 */
public final class CheckpointLog implements Closeable {

  private final StreamWriter writer;

  /** Opens a lane that has no checkpoint yet. */
  public CheckpointLog(InternalStreams streams, StreamSpec stream, String lane) throws IOException {
    writer = streams.openWriter(stream, lane, new long[0]);
  }

  /** Appends one checkpoint of these facts and makes it durable. */
  public void append(List<CheckpointFact> facts) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    facts.forEach(fact -> rows.add(fact.row()));
    rows.add(new CheckpointFact(CheckpointFact.Kind.COMMIT, "", "", 0, facts.size(), 0, 0).row());
    RecordBatch batch = Values.batch(CheckpointFact.SCHEMA, rows);
    writer.append(0, batch, IntStream.range(0, batch.rowCount()).toArray(), 0, batch.rowCount());
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
