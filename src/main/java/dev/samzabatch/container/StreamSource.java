package dev.samzabatch.container;

import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.Watermark;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.PlannedStream;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.PartitionedReader;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a task's partitions of an internal stream, one after the other. A partition is at its end when every task of
 * the writing stage has said so in it, and nothing is left to be read: lanes are read in any order, so the last mark
 * may come before rows of a lane whose writer has been restarted. All of them were published before that mark. The
 * marks come from the stream itself, so reading again finds them again.
 */
final class StreamSource implements Source {

  private final String task;
  private final PlannedOperator operator;
  private final PlannedStream stream;
  private final boolean shared;
  private final List<Integer> partitions;
  private final int writers;
  private final ContainerContext context;
  private final RowCounts counts;
  private final Set<String> ended = new TreeSet<>();

  /** What each writing task has promised last in the present partition. */
  private final Map<String, Long> promised = new TreeMap<>();

  private Map<String, LanePosition> position = Map.of();

  /** The latest promise of all tasks, and the latest that was passed on. */
  private long latest = PartitionedReader.NO_WATERMARK;
  private long told = PartitionedReader.NO_WATERMARK;
  private int next;
  private int dropped;
  private StreamReader reader;
  private RecordBatch batch;

  StreamSource(PlannedOperator operator, TaskModel task, ContainerContext context, RowCounts counts) {
    this.task = task.name();
    this.operator = operator;
    Work.ReadStream work = (Work.ReadStream) operator.work();
    this.stream = context.plan().stream(work.stream());
    this.shared = work.broadcast();
    this.partitions = task.partitions().get(operator.id());
    this.writers = context.plan().writers(stream);
    this.context = context;
    this.counts = counts;
  }

  @Override
  public State poll() throws IOException {
    while (next < partitions.size()) {
      if (reader == null) {
        reader = context.internal().openReader(stream.spec(), partitions.get(next), context.batchRows());
        reader.seek(position);
      }
      StreamItem item = reader.poll();
      if (item == null && ended.size() < writers) {
        return State.WAITING;
      }
      if (item == null) {
        endPartition();
        continue;
      }
      if (item instanceof RecordBatch read && read.rowCount() > 0) {
        counts.addIn(operator.id(), read.rowCount());
        batch = read;
        return State.BATCH;
      }
      if (item instanceof EndOfStream end) {
        ended.add(end.task());
      } else if (item instanceof Watermark mark) {
        promised.put(mark.task(), mark.timestamp());
        if (mark.timestamp() != PartitionedReader.IDLE) {
          latest = Math.max(latest, mark.timestamp());
        }
      }
    }
    return State.ENDED;
  }

  private void endPartition() throws IOException {
    reader.close();
    reader = null;
    position = Map.of();
    ended.clear();
    promised.clear();
    latest = PartitionedReader.NO_WATERMARK;
    next++;
  }

  /**
   * The least that the writing tasks have promised that have not ended and are not idle; when the last of them becomes
   * idle, once the latest of all. A stream without end has one partition a task, so that it does not matter what others
   * were promised.
   */
  @Override
  public long watermark() {
    long least = PartitionedReader.IDLE;
    int known = ended.size();
    for (Map.Entry<String, Long> promise : promised.entrySet()) {
      if (!ended.contains(promise.getKey())) {
        known++;
        least = Math.min(least, promise.getValue());
      }
    }
    if (known < writers) {
      return PartitionedReader.NO_WATERMARK;
    }
    boolean isIdle = least == PartitionedReader.IDLE;
    if (isIdle && latest <= told) {
      return least;
    }
    long mark = isIdle ? latest : least;
    told = Math.max(told, mark);
    return mark;
  }

  @Override
  public RecordBatch batch() {
    return batch;
  }

  @Override
  public void save(List<CheckpointFact> facts) {
    facts.add(CheckpointFact.of(Kind.PARTITION, task, operator.id(), next, 0, 0));
    if (reader != null) {
      position = reader.position();
    }
    position.forEach(
        (lane, at) -> facts.add(
            new CheckpointFact(Kind.LANE_POSITION, task, lane, operator.id(), at.offset(), at.row(), 0)));
    ended.forEach(
        name -> facts.add(new CheckpointFact(Kind.UPSTREAM_ENDED, task, name, operator.id(), 0, 0, 0)));
    promised.forEach(
        (name, mark) -> facts.add(new CheckpointFact(Kind.WATERMARK, task, name, operator.id(), mark, 0, 0)));
  }

  @Override
  public void restore(TaskCheckpoint checkpoint) throws IOException {
    FaultPoint.RESTORE_INPUT.reach();
    checkpoint.facts(Kind.PARTITION, operator.id()).forEach(f -> next = (int) f.a());
    Map<String, LanePosition> lanes = new HashMap<>();
    checkpoint.facts(Kind.LANE_POSITION, operator.id())
        .forEach(f -> lanes.put(f.name(), new LanePosition(f.a(), (int) f.b())));
    position = lanes;
    checkpoint.facts(Kind.UPSTREAM_ENDED, operator.id()).forEach(f -> ended.add(f.name()));
    checkpoint.facts(Kind.WATERMARK, operator.id()).stream().filter(f -> !f.name().isEmpty())
        .forEach(f -> promised.put(f.name(), f.a()));
  }

  @Override
  public void dropRead() throws IOException {
    if (!shared) {
      for (; dropped < next; dropped++) {
        context.internal().drop(stream.spec(), partitions.get(dropped));
      }
      if (next < partitions.size() && !position.isEmpty()) {
        context.internal().dropBefore(stream.spec(), partitions.get(next), position);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
