package dev.samzabatch.run;

import dev.samzabatch.run.RunProgress.StageProgress;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a run under way is doing, for whoever asks from another process: a file {@code metrics.json} in its directory,
 * written anew every few seconds from a thread of its own until this is closed. It says nothing that the run needs.
 *
 * <pre>
 * { "time": "...",
 *   "stages": [ { "name": "...", "tasks": 2, "rows.in": n, "rows.out": n, "rows.per.second": n since the last time,
 *                 "lag": n, "watermark": "...", "late": n }, ... ] }      watermark null where there is none
 * </pre>
 */
public final class MetricsFile {

  private static final String FILE = "metrics.json";
  private static final long EVERY_MILLIS = 2_000;
  private static final long MICROS = 1_000_000;

  private final Path file;
  private final RunProgress progress;
  private final CountDownLatch closed = new CountDownLatch(1);

  private MetricsFile(Path directory, RunProgress progress) {
    this.file = directory.resolve(FILE);
    this.progress = progress;
  }

  /** What a run under way has last said of itself. */
  public static Optional<Map<String, Object>> read(StateDirectory state, String runId) {
    try {
      Path file = state.runDirectory(runId).resolve(FILE);
      return Files.exists(file) ? Optional.of(JsonFile.read(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes from now on. */
  static MetricsFile start(Path directory, RunProgress progress) {
    MetricsFile metrics = new MetricsFile(directory, progress);
    Thread thread = new Thread(metrics::write, "metrics");
    thread.setDaemon(true);
    thread.start();
    return metrics;
  }

  private void write() {
    List<StageProgress> before = progress.stages();
    long since = System.nanoTime();
    try {
      while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        List<StageProgress> now = progress.stages();
        long nanos = System.nanoTime();
        JsonFile.write(file, object(now, before, nanos - since));
        before = now;
        since = nanos;
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Nobody needs the figures of a moment; a disk that is full fails the run where it matters.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> object(List<StageProgress> now, List<StageProgress> before, long nanos) {
    List<Map<String, Object>> stages = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      StageProgress stage = now.get(i);
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", stage.name());
      object.put("tasks", stage.tasks());
      object.put("rows.in", stage.rowsIn());
      object.put("rows.out", stage.rowsOut());
      object.put("rows.per.second", Math.round((stage.rowsIn() - before.get(i).rowsIn()) * 1e9 / nanos));
      object.put("lag", stage.lag());
      object.put("watermark", watermark(stage.watermark()));
      object.put("late", stage.late());
      stages.add(object);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("time", Instant.now().toString());
    object.put("stages", stages);
    return object;
  }

  private static String watermark(long micros) {
    return micros == PartitionedReader.NO_WATERMARK ? null
        : Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000).toString();
  }

  /** Ends the writing. */
  void close() {
    closed.countDown();
  }
}
