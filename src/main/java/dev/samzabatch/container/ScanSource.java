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
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.FaultPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a task's splits of an input, one after the other. */
final class ScanSource implements Source {

  private final String task;
  private final PlannedOperator operator;
  private final Work.Scan work;
  private final List<FileSplit> splits;
  private final Connections connections;
  private final SplitEnds ends;
  private final RowCounts counts;
  private final BatchFilter filter;

  /** Facts about splits that were read to their ends since the last save. */
  private final List<CheckpointFact> read = new ArrayList<>();

  private int next;
  private long bytesBefore;
  private long startsAt;

  /** Where to go on in the split that is opened next; -1 for its beginning. */
  private long resumeAt = -1;

  private BatchReader reader;
  private RecordBatch batch;

  ScanSource(PlannedOperator operator, TaskModel task, ContainerContext context, RowCounts counts) {
    this.task = task.name();
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
    while (next < splits.size()) {
      if (resumeAt >= splits.get(next).end()) {
        splitRead(resumeAt);
        continue;
      }
      if (reader == null) {
        open();
      }
      RecordBatch given = reader.next();
      counts.bytesRead(operator.id(), bytesBefore + reader.bytesRead());
      if (given == null) {
        endSplit();
        continue;
      }
      counts.addIn(operator.id(), given.rowCount());
      batch = filter == null ? given : kept(given);
      return State.BATCH;
    }
    return State.ENDED;
  }

  private void open() throws IOException {
    FileSplit split = splits.get(next);
    if (resumeAt < 0) {
      reader = connections.openSplit(work.input(), split, work.columns());
      startsAt = reader.position();
      ends.started(work.input(), split, startsAt);
    } else {
      FileSplit rest = new FileSplit(split.file(), resumeAt, split.end());
      reader = connections.openSplit(work.input(), rest, work.columns());
      if (reader.position() != resumeAt) {
        throw new IllegalStateException(
            "records would be lost: " + rest + " begins at byte " + reader.position() + " when it is opened again");
      }
      resumeAt = -1;
    }
  }

  private RecordBatch kept(RecordBatch given) {
    try {
      return filter.filter(given);
    } catch (EvaluationException e) {
      throw NoAnswer.in("the filter on input \"" + work.input() + "\"", e);
    }
  }

  private void endSplit() throws IOException {
    bytesBefore += reader.bytesRead();
    splitRead(reader.position());
    reader.close();
    reader = null;
  }

  private void splitRead(long end) {
    ends.ended(work.input(), splits.get(next), end);
    read.add(CheckpointFact.of(Kind.SPLIT_READ, task, operator.id(), next, startsAt, end));
    resumeAt = -1;
    next++;
  }

  @Override
  public RecordBatch batch() {
    return batch;
  }

  @Override
  public void save(List<CheckpointFact> facts) {
    facts.addAll(read);
    read.clear();
    if (reader != null) {
      facts.add(
          CheckpointFact.of(Kind.SPLIT_POSITION, task, operator.id(), next, startsAt, reader.position()));
    } else if (resumeAt >= 0) {
      facts.add(CheckpointFact.of(Kind.SPLIT_POSITION, task, operator.id(), next, startsAt, resumeAt));
    }
  }

  @Override
  public void restore(TaskCheckpoint checkpoint) throws IOException {
    FaultPoint.RESTORE_INPUT.reach();
    next = checkpoint.facts(Kind.SPLIT_READ, operator.id()).size();
    bytesBefore = counts.bytesRead(operator.id());
    for (CheckpointFact position : checkpoint.facts(Kind.SPLIT_POSITION, operator.id())) {
      startsAt = position.b();
      resumeAt = position.c();
      ends.started(work.input(), splits.get(next), startsAt);
    }
  }

  /** Inputs are not ours. */
  @Override
  public void dropRead() {}

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
