package dev.samzabatch.state;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Values;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that the lanes of a checkpoint stream declare committed. They are read in the order of their names, or of
 * their commits; both are that of time as far as one task is concerned. Used by one thread.
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
    read(streams.lanes(stream));
  }

  /**
   * Reads one lane, whose writer is gone. What was torn at its end is cut off, so that it never counts.
   *
   * @throws IOException when it is damaged before its end; the message names the place
   */
  public void read(String lane) throws IOException {
    read(List.of(lane));
  }

  private void read(List<String> read) throws IOException {
    read.forEach(lane -> lanes.put(lane, new TreeMap<>()));
    Map<String, List<CheckpointFact>> begun = new HashMap<>();
    streams.replay(stream, read, (lane, item) -> {
      List<CheckpointFact> facts = begun.computeIfAbsent(lane, name -> new ArrayList<>());
      for (List<Object> row : Values.rows((RecordBatch) item)) {
        add(lane, CheckpointFact.of(row), facts);
      }
    });
  }

  /** Adds a fact to those of the checkpoint that it belongs to; the last one makes that count. */
  private void add(String lane, CheckpointFact fact, List<CheckpointFact> facts) throws IOException {
    if (fact.kind() != Kind.COMMIT) {
      facts.add(fact);
      return;
    }
    if (fact.a() != facts.size()) {
      throw new IOException("lane " + lane + " of " + stream.name() + " is damaged: a checkpoint says "
          + fact.a() + " facts and has " + facts.size());
    }
    commit(lane, facts);
    facts.clear();
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
