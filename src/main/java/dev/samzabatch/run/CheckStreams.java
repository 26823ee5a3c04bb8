package dev.samzabatch.run;

import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.job.CheckSpec;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.PlannedStream;
import dev.samzabatch.plan.Work;
import dev.samzabatch.sql.CheckFigures;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the figures that a run has gathered for its checks, once its containers have ended. */
final class CheckStreams {

  private final PreparedJob job;
  private final InternalStreams streams;

  CheckStreams(PreparedJob job, InternalStreams streams) {
    this.job = job;
    this.streams = streams;
  }

  /** Every check with its verdict, in the order of the plan. */
  List<RunRecord.CheckFigures> judged() throws IOException {
    List<RunRecord.CheckFigures> judged = new ArrayList<>();
    for (PlannedStream stream : job.plan().streams()) {
      if (stream.reader() < 0) {
        judged.add(judge(job.spec().checks().get(checkOf(stream)), stream));
      }
    }
    return judged;
  }

  private String checkOf(PlannedStream stream) {
    for (PlannedOperator operator : job.plan().stages().get(stream.writer()).operators()) {
      if (operator.work() instanceof Work.WriteStream write && write.stream().equals(stream.spec().name())) {
        return operator.step();
      }
    }
    throw new IllegalStateException("no operator writes " + stream);
  }

  private RunRecord.CheckFigures judge(CheckSpec check, PlannedStream stream) throws IOException {
    try (StreamReader reader = streams.openReader(stream.spec(), 0, RecordBatch.DEFAULT_ROWS)) {
      for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
        if (item instanceof RecordBatch batch && batch.rowCount() == 1) {
          return judge(check, new CheckFigures(figure(batch, 0), figure(batch, 1)));
        }
      }
    }
    throw new IllegalStateException("check " + check.name() + " has no figures");
  }

  private static RunRecord.CheckFigures judge(CheckSpec check, CheckFigures figures) {
    String verdict = "held";
    if (!figures.satisfy(check.rule())) {
      verdict = check.otherwise() == CheckSpec.Otherwise.WARN ? "warned" : "failed";
    }
    return new RunRecord.CheckFigures(check.name(), verdict, figures.describe(check.rule()));
  }

  private static long figure(RecordBatch batch, int column) {
    return ((LongVector) batch.column(column)).get(batch.row(0));
  }
}
