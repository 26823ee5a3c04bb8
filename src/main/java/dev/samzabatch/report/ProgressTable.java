package dev.samzabatch.report;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.run.RunProgress.StageProgress;
import dev.samzabatch.system.PartitionedReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One look at a run under way, as lines. */
final class ProgressTable {

  private static final int MAX_STAGES = 15;
  private static final int MAX_NAME = 24;

  private ProgressTable() {}

  /** The lines for stages that look like this after so much time; none is longer than {@code width}. */
  static List<String> lines(List<StageProgress> stages, Duration elapsed, int width) {
    Table table = Table.of("stage", "tasks", "rows in", "rows out", "read", "rows/s", "left").right(1, 2, 3, 4, 5, 6);
    int first = firstShown(stages);
    int last = Math.min(stages.size(), first + MAX_STAGES);
    for (int i = first; i < last; i++) {
      StageProgress stage = stages.get(i);
      table.row(
          i + " " + Table.cut(stage.name(), MAX_NAME),
          stage.tasksEnded() + "/" + stage.tasks(),
          Quantities.count(stage.rowsIn()),
          Quantities.count(stage.rowsOut()),
          read(stage),
          hasEnded(stage) || stage.rowsIn() == 0 ? "" : Quantities.count(rate(stage.rowsIn(), elapsed)),
          left(stage, elapsed));
    }
    List<String> lines = new ArrayList<>(table.lines());
    long ended = stages.stream().filter(ProgressTable::hasEnded).count();
    lines.add(ended + " of " + Quantities.count(stages.size(), "stage") + " done, " + Quantities.duration(elapsed));
    return lines.stream().map(line -> Table.cut(line, width)).toList();
  }

  /** With many stages, the window begins at the first one that still has something to do. */
  private static int firstShown(List<StageProgress> stages) {
    int first = 0;
    while (first < stages.size() && stages.size() - first > MAX_STAGES && hasEnded(stages.get(first))) {
      first++;
    }
    return first;
  }

  static boolean hasEnded(StageProgress stage) {
    return stage.tasksEnded() == stage.tasks();
  }

  /** How much of its files a stage has read; empty for one that reads none. */
  static String read(StageProgress stage) {
    return stage.bytesTotal() == 0
        ? ""
        : Quantities.bytes(stage.bytesRead()) + " " + percent(stage.bytesRead(), stage.bytesTotal()) + " %";
  }

  private static long percent(long part, long whole) {
    return Math.min(100, Math.round(100.0 * part / whole));
  }

  private static long rate(long rows, Duration elapsed) {
    return Math.round(rows * 1000.0 / Math.max(1, elapsed.toMillis()));
  }

  /** Up to when a stage without end has read, and what came too late; empty when nothing is known. */
  static String watermark(StageProgress stage) {
    if (stage.watermark() == PartitionedReader.NO_WATERMARK) {
      return "";
    }
    String late = stage.late() == 0 ? "" : ", " + Quantities.count(stage.late(), "row") + " late";
    return ", watermark " + Instant.ofEpochMilli(Math.floorDiv(stage.watermark(), 1000)) + late;
  }

  /**
   * How long the stage will still read, if it goes on like this, or how much is there for one without end; empty when
   * that cannot be known.
   */
  static String left(StageProgress stage, Duration elapsed) {
    if (stage.endless()) {
      return stage.lag() > 0 ? Quantities.count(stage.lag(), "record") : "";
    }
    if (stage.bytesRead() <= 0 || stage.bytesRead() >= stage.bytesTotal() || hasEnded(stage)) {
      return "";
    }
    double share = (double) stage.bytesRead() / stage.bytesTotal();
    return Quantities.duration(Duration.ofSeconds(Math.round(elapsed.toMillis() / 1000.0 * (1 - share) / share)));
  }
}
