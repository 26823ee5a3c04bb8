package dev.samzabatch.state;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where one operator of one task keeps what it must not lose, and what does not fit its memory: rows that are only ever
 * appended, in numbered parts, each in order. What is appended counts from the next commit of the container on; a
 * changelog that is opened after a restart ends where the last commit ended.
 *
 * <p>
 * One of a single part may be begun anew: what was appended before is forgotten by the same commit that has what
 * replaces it, and its space is given back behind that commit. A crash before the commit leaves all as it was; a crash
 * between the two leaves space that the next beginning gives back.
 *
 * <p>
 * The parts are neighbouring partitions of one internal stream, which all tasks of a stage share. Used by the task's
 * thread.
 */
public final class Changelog {

  /** Opens the container's lane of a stream, or gives it when it is open. */
  public interface Lane {
    StreamWriter open(StreamSpec stream) throws IOException;
  }

  private final InternalStreams streams;
  private final StreamSpec stream;
  private final String laneName;
  private final Lane lane;
  private final int first;
  private final int parts;
  private StreamWriter writer;
  private boolean appended;

  /** Where the only part begins; lanes that are not named begin at their beginning. Some named may be gone by now. */
  private Map<String, LanePosition> start = Map.of();

  private boolean forgotten;

  /**
   * The changelog of one task.
   *
   * @param laneName name of the lane that {@code lane} opens
   * @param first number of the partition that is part 0
   * @param parts how many parts there are
   */
  public Changelog(InternalStreams streams, StreamSpec stream, String laneName, Lane lane, int first, int parts) {
    this.streams = streams;
    this.stream = stream;
    this.laneName = laneName;
    this.lane = lane;
    this.first = first;
    this.parts = parts;
  }

  /** The schema of the rows. */
  public Schema schema() {
    return stream.schema();
  }

  /** How many parts there are. */
  public int parts() {
    return parts;
  }

  /** Appends the rows of a batch, of the changelog's schema, to a part. */
  public void append(int part, RecordBatch batch) throws IOException {
    int[] rows = batch.selection() == null ? IntStream.range(0, batch.rowCount()).toArray() : batch.selection();
    append(part, batch, rows, 0, batch.rowCount());
  }

  /** Appends the physical rows {@code rows[from .. from + count)} of a batch to a part. */
  public void append(int part, RecordBatch batch, int[] rows, int from, int count) throws IOException {
    if (part < 0 || part >= parts) {
      throw new IllegalArgumentException("part " + part + " of " + parts);
    }
    writer().append(first + part, batch, rows, from, count);
    appended = true;
  }

  private StreamWriter writer() throws IOException {
    if (writer == null) {
      writer = lane.open(stream);
    }
    return writer;
  }

  /** Says where a changelog of a single part begins, as {@link #start()} gave it; called before anything else. */
  public void startAt(Map<String, LanePosition> committed) {
    start = Map.copyOf(committed);
  }

  /** Where the only part begins. */
  public Map<String, LanePosition> start() {
    return start;
  }

  /** Forgets all of the only part: what is to be kept must be appended again before the next commit. */
  public void beginAnew() throws IOException {
    if (parts != 1) {
      throw new IllegalStateException("a changelog of " + parts + " parts is begun anew");
    }
    start = Map.copyOf(end(0));
    if (!start.isEmpty()) {
      writer().beginAnew(first);
    }
    forgotten = true;
    appended = true;
  }

  /** Gives back the space of what is forgotten, the commit being done that says so. */
  public void dropForgotten() throws IOException {
    if (forgotten) {
      streams.dropBefore(stream, first, start);
      forgotten = false;
    }
  }

  /** Whether something was appended since {@link #saved()}: then the task must be part of the next commit. */
  public boolean hasAppended() {
    return appended;
  }

  /** Says that the task is part of the commit that is under way. */
  public void saved() {
    appended = false;
  }

  /** Whether nothing has been appended to a part, be it before a restart. */
  public boolean isEmpty(int part) throws IOException {
    return end(part).isEmpty();
  }

  /** Whether nothing has been appended at all. */
  public boolean isEmpty() throws IOException {
    for (int part = 0; part < parts; part++) {
      if (!isEmpty(part)) {
        return false;
      }
    }
    return true;
  }

  /** The position behind everything that has been appended to a part, for {@link #read(int, Map)}. */
  public Map<String, LanePosition> end(int part) throws IOException {
    publish();
    Map<String, LanePosition> end = new HashMap<>();
    streams.published(stream).forEach((name, lengths) -> {
      if (lengths[first + part] > 0) {
        end.put(name, new LanePosition(lengths[first + part], 0));
      }
    });
    return end;
  }

  /** Reads a part from its beginning to what has been appended by now; it gives batches only. */
  public StreamReader read(int part) throws IOException {
    return read(part, part == 0 ? start : Map.of());
  }

  /** Reads a part from a position on that {@link #end} or the reader gave. */
  public StreamReader read(int part, Map<String, LanePosition> from) throws IOException {
    publish();
    StreamReader reader = streams.openReader(stream, first + part, RecordBatch.DEFAULT_ROWS);
    reader.seek(from);
    return reader;
  }

  /** Lets this task's own readers see what it has appended; nobody else reads these partitions. */
  private void publish() throws IOException {
    if (writer != null) {
      streams.publish(stream, laneName, writer.write());
    }
  }
}
