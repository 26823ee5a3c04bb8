package dev.samzabatch.state;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.Values;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that the lanes of a checkpoint stream declare committed. Lanes are read in the order of their names, which
 * is that of time as far as one task is concerned. Used by one thread.
 */
public final class Checkpoints {

  private final InternalStreams streams;
  private final StreamSpec stream;
  private final Map<String, TaskCheckpoint> tasks = new LinkedHashMap<>();
  private final Map<String, Map<String, Map<Integer, Long>>> lanes = new TreeMap<>();
  private long count;

  /** Nothing yet. */
  public Checkpoints(InternalStreams streams, StreamSpec stream) {
    this.streams = streams;
    this.stream = stream;
  }

  /** Reads all lanes that there are. */
  public void readAll() throws IOException {
    FaultPoint.RESTORE_BEGIN.reach();
    for (String lane : streams.lanes(stream)) {
      read(lane);
    }
  }

  /**
   * Reads one lane, whose writer is gone. What was torn at its end is cut off, so that it never counts.
   *
   * @throws IOException when it is damaged before its end; the message names the file and the byte
   */
  public void read(String lane) throws IOException {
    // Two containers may recover at the same time: neither must make its lane readable while the other one reads.
    synchronized (streams) {
      readAlone(lane);
    }
  }

  private void readAlone(String lane) throws IOException {
    long[] intact = streams.recover(stream, lane);
    streams.cut(stream, lane, intact);
    streams.publish(stream, lane, intact);
    lanes.put(lane, new TreeMap<>());
    List<CheckpointFact> facts = new ArrayList<>();
    try (StreamReader reader = streams.openReader(stream, 0, RecordBatch.DEFAULT_ROWS)) {
      reader.seek(endsOfOthers(lane));
      for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
        for (List<Object> row : Values.rows((RecordBatch) item)) {
          CheckpointFact fact = CheckpointFact.of(row);
          if (fact.kind() == Kind.COMMIT) {
            if (fact.a() != facts.size()) {
              throw new IOException("lane " + lane + " of " + stream.name() + " is damaged: a checkpoint says "
                  + fact.a() + " facts and has " + facts.size());
            }
            commit(lane, facts);
            facts.clear();
          } else {
            facts.add(fact);
          }
        }
      }
    }
  }

  /** Where a reader stands that is to read this lane only. */
  private Map<String, LanePosition> endsOfOthers(String lane) {
    Map<String, LanePosition> ends = new TreeMap<>();
    streams.published(stream).forEach((name, lengths) -> ends.put(name, new LanePosition(lengths[0], 0)));
    ends.remove(lane);
    return ends;
  }

  private void commit(String lane, List<CheckpointFact> facts) {
    count++;
    Map<String, List<CheckpointFact>> byTask = new LinkedHashMap<>();
    for (CheckpointFact fact : facts) {
      if (fact.kind() == Kind.LANE) {
        lanes.get(lane).computeIfAbsent(fact.name(), s -> new TreeMap<>()).put(fact.part(), fact.a());
      } else {
        byTask.computeIfAbsent(fact.task(), t -> new ArrayList<>()).add(fact);
      }
    }
    byTask.forEach(this::commitTask);
  }

  private void commitTask(String task, List<CheckpointFact> facts) {
    TaskCheckpoint before = tasks.get(task);
    tasks.put(task, before == null ? new TaskCheckpoint(task, facts) : before.followedBy(facts));
  }

  /** The tasks that have a checkpoint, by name. */
  public Map<String, TaskCheckpoint> tasks() {
    return tasks;
  }

  /** The lanes that were read. */
  public List<String> lanes() {
    return List.copyOf(lanes.keySet());
  }

  /** The committed lengths of a lane of a stream, one a partition; all 0 for a lane that has no checkpoint. */
  public long[] lengths(String lane, StreamSpec of) {
    long[] lengths = new long[of.partitions()];
    lanes.getOrDefault(lane, Map.of()).getOrDefault(of.name(), Map.of())
        .forEach((partition, length) -> lengths[partition] = length);
    return lengths;
  }

  /** How many checkpoints were read. */
  public long count() {
    return count;
  }
}
