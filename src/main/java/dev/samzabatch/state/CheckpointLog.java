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
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Appends the checkpoints of one container to the run's checkpoint stream. A checkpoint is committed when
 * {@link #append} returns: that is the commit point of everything it declares. Used by the container's thread.
 */
public final class CheckpointLog implements Closeable {

  private final StreamWriter writer;
  private long sequence;

  /** Opens the log of a container that has no checkpoint yet. */
  public CheckpointLog(InternalStreams streams, StreamSpec stream, String container) throws IOException {
    writer = streams.openWriter(stream, container, new long[0]);
  }

  /**
   * Appends one checkpoint and makes it durable.
   *
   * @param lanes length of the container's lane in each partition, by stream
   * @param ended names of the tasks that have ended since the last checkpoint
   * @param parts files that were finished since then
   */
  public void append(Map<String, long[]> lanes, List<String> ended, List<StagedPart> parts) throws IOException {
    sequence++;
    List<CheckpointFact> facts = new ArrayList<>();
    lanes.forEach(
        (stream, lengths) -> {
          for (int p = 0; p < lengths.length; p++) {
            facts.add(new CheckpointFact(sequence, CheckpointFact.Kind.LANE, stream, p, lengths[p], 0));
          }
        });
    for (String task : ended) {
      facts.add(new CheckpointFact(sequence, CheckpointFact.Kind.TASK_ENDED, task, 0, 0, 0));
    }
    for (StagedPart part : parts) {
      String name = part.output() + "/" + part.file().name();
      long bytes = part.file().bytes();
      facts.add(new CheckpointFact(sequence, CheckpointFact.Kind.FILE, name, 0, bytes, part.file().checksum()));
    }
    facts.add(new CheckpointFact(sequence, CheckpointFact.Kind.COMMIT, "", 0, facts.size(), 0));
    RecordBatch batch = Values.batch(CheckpointFact.SCHEMA, facts.stream().map(CheckpointFact::row).toList());
    writer.append(0, batch, IntStream.range(0, batch.rowCount()).toArray(), 0, batch.rowCount());
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
