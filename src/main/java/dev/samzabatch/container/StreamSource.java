package dev.samzabatch.container;

import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.PlannedStream;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a task's partitions of an internal stream, one after the other. A partition is at its end when every task of
 * the writing stage has said so in it; the marks come from the stream itself, so reading again finds them again.
 */
final class StreamSource implements Source {

  private final PlannedOperator operator;
  private final PlannedStream stream;
  private final List<Integer> partitions;
  private final int writers;
  private final ContainerContext context;
  private final RowCounts counts;
  private final Set<String> ended = new HashSet<>();
  private int next;
  private StreamReader reader;
  private RecordBatch batch;

  StreamSource(PlannedOperator operator, TaskModel task, ContainerContext context, RowCounts counts) {
    this.operator = operator;
    this.stream = context.plan().stream(((Work.ReadStream) operator.work()).stream());
    this.partitions = task.partitions().get(operator.id());
    this.writers = context.plan().writers(stream);
    this.context = context;
    this.counts = counts;
  }

  @Override
  public State poll() throws IOException {
    while (next < partitions.size()) {
      if (reader == null) {
        reader = context.streams().openReader(stream.spec(), partitions.get(next), context.batchRows());
      }
      StreamItem item = reader.poll();
      if (item == null) {
        return State.WAITING;
      }
      if (item instanceof RecordBatch read && read.rowCount() > 0) {
        counts.addIn(operator.id(), read.rowCount());
        batch = read;
        return State.BATCH;
      }
      if (item instanceof EndOfStream end) {
        ended.add(end.task());
        if (ended.size() == writers) {
          endPartition();
        }
      }
    }
    return State.ENDED;
  }

  private void endPartition() throws IOException {
    reader.close();
    reader = null;
    ended.clear();
    next++;
  }

  @Override
  public RecordBatch batch() {
    return batch;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
