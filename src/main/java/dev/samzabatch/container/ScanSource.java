package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.expr.BatchFilter;
import dev.samzabatch.expr.EvaluationException;
import dev.samzabatch.expr.Filters;
import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import java.io.IOException;
import java.util.List;

/** Reads a task's splits of an input, one after the other. */
final class ScanSource implements Source {

  private final PlannedOperator operator;
  private final Work.Scan work;
  private final List<FileSplit> splits;
  private final Connections connections;
  private final SplitEnds ends;
  private final RowCounts counts;
  private final BatchFilter filter;
  private int next;
  private long bytesBefore;
  private BatchReader reader;
  private RecordBatch batch;

  ScanSource(PlannedOperator operator, TaskModel task, ContainerContext context, RowCounts counts) {
    this.operator = operator;
    this.work = (Work.Scan) operator.work();
    this.splits = task.splits().get(operator.id());
    this.connections = context.connections();
    this.ends = context.splitEnds();
    this.counts = counts;
    this.filter = work.filter().map(Filters::compile).orElse(null);
  }

  @Override
  public State poll() throws IOException {
    while (true) {
      if (reader == null) {
        if (next == splits.size()) {
          return State.ENDED;
        }
        reader = connections.openSplit(work.input(), splits.get(next), work.columns());
        ends.started(work.input(), splits.get(next), reader.position());
      }
      RecordBatch read = reader.next();
      counts.bytesRead(operator.id(), bytesBefore + reader.bytesRead());
      if (read == null) {
        endSplit();
        continue;
      }
      counts.addIn(operator.id(), read.rowCount());
      batch = filter == null ? read : kept(read);
      if (batch.rowCount() > 0) {
        return State.BATCH;
      }
    }
  }

  private RecordBatch kept(RecordBatch read) {
    try {
      return filter.filter(read);
    } catch (EvaluationException e) {
      throw NoAnswer.in("the filter on input \"" + work.input() + "\"", e);
    }
  }

  private void endSplit() throws IOException {
    bytesBefore += reader.bytesRead();
    ends.ended(work.input(), splits.get(next), reader.position());
    reader.close();
    reader = null;
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
