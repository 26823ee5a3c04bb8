package dev.samzabatch.report;

import dev.samzabatch.run.PreparedJob;
import dev.samzabatch.run.Takeover;
import dev.samzabatch.run.Takeover.Kind;
import dev.samzabatch.run.Takeover.TaskTakeover;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a resumed run takes over, as text: a line a stage, and a line a task where there are few. */
final class ResumeReport {

  private static final int FEW_TASKS = 16;

  private ResumeReport() {}

  /** The lines; {@code detailed} for those of the tasks however many there are. */
  static List<String> of(PreparedJob job, List<Takeover> stages, boolean detailed) {
    List<String> lines = new ArrayList<>();
    lines.add("resuming run " + job.plan().runId() + " of job " + job.spec().name() + " on "
        + job.plan().containers().size() + " containers");
    Table table = Table.of(List.of("stage", "tasks", "reused", "continued", "redone"), Integer.MAX_VALUE - 1)
        .right(1, 2, 3, 4);
    for (Takeover stage : stages) {
      table.row(stage.stage() + " " + stage.name(), stage.tasks().size(), stage.count(Kind.REUSED),
          stage.count(Kind.CONTINUED), stage.count(Kind.REDONE));
    }
    table.lines().forEach(line -> lines.add("  " + line));
    List<TaskTakeover> tasks = stages.stream().flatMap(s -> s.tasks().stream()).toList();
    if (detailed || tasks.size() <= FEW_TASKS) {
      lines.add("");
      Table each = Table.of(List.of("task", "", "because"), Integer.MAX_VALUE - 1);
      tasks.forEach(t -> each.row(t.task(), t.kind().name().toLowerCase(Locale.ROOT), t.why()));
      each.lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }
}
