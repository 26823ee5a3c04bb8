package dev.samzabatch.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.LocalStores;
import dev.samzabatch.system.Faults;
import dev.samzabatch.system.PartitionRange;
import dev.samzabatch.system.PartitionedReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.file.StagedFile;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs without end in containers that are restarted in between, over rows that a test holds in memory. */
class StreamingContainersTest {

  private static final int PARTITIONS = 3;
  private static final int BATCHES = 40;
  private static final int BATCH = 25;
  private static final Schema VIEWS = new Schema(List.of(
      Field.required("page", ScalarType.STRING),
      Field.required("ts", ScalarType.TIMESTAMP),
      Field.required("n", ScalarType.LONG)));

  @TempDir
  Path folder;

  private final Map<String, List<List<Object>>> partitions = new HashMap<>();
  private final Map<String, List<List<Object>>> written = new ConcurrentHashMap<>();
  private final CountDownLatch allRead = new CountDownLatch(2 * PARTITIONS);

  private final RunState state = new RunState();

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  private static LocalDateTime time(long seconds) {
    return LocalDateTime.of(1970, 1, 1, 0, 0).plus(seconds, ChronoUnit.SECONDS);
  }

  /** Rows of each partition in the order of their times, of which partitions are at different speeds. */
  private void rows(String input, Random random) {
    for (int p = 0; p < PARTITIONS; p++) {
      List<List<Object>> rows = new ArrayList<>();
      long now = -300;
      for (int i = 0; i < BATCHES * BATCH; i++) {
        now += random.nextInt(4) == 0 ? random.nextInt(2 + 2 * p) : 0;
        rows.add(List.of("p" + random.nextInt(20), time(now), (long) random.nextInt(100)));
      }
      partitions.put(input + "/" + p, rows);
    }
  }

  private List<List<Object>> all(String input) {
    return partitions.entrySet().stream().filter(e -> e.getKey().startsWith(input + "/"))
        .flatMap(e -> e.getValue().stream()).toList();
  }

  private Containers run(String steps, String faults) throws Exception {
    Containers containers = runToAnyEnd(steps, faults);
    assertThat(state.failure()).isNull();
    return containers;
  }

  private Containers runToAnyEnd(String steps, String faults) throws Exception {
    JobPlan plan = StreamingJob.plan(folder, "steps {\n" + steps + "\n}", PARTITIONS, 2);
    LogStreams streams = new LogStreams(folder.resolve("streams"), 1 << 20, 64 << 10);
    StreamSpec checkpoints = new StreamSpec(
        "test-checkpoint-20260101-000000-00000000", StreamSpec.Kind.CHECKPOINT, CheckpointFact.SCHEMA, 1);
    for (StreamSpec spec : plan.specs()) {
      streams.create(spec);
    }
    streams.create(checkpoints);
    ContainerSettings settings = new ContainerSettings(1024, 1 << 20, Duration.ofMillis(5), false, 64 << 20,
        StateKind.AUTO, Map.of(), 100, Duration.ofMinutes(1));
    Containers containers;
    try (LocalStores stores = new LocalStores(folder.resolve("stores"), 1 << 20)) {
      containers = new Containers(plan, new RunStreams(streams, streams, checkpoints, stores), new InMemory(), state,
          settings);
      Faults.arm(faults);
      Thread drain = new Thread(() -> {
        try {
          assertThat(allRead.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        state.drain();
      });
      drain.start();
      containers.run();
      drain.join();
    }
    return containers;
  }

  private static Map<List<Object>, Integer> counts(List<List<Object>> rows) {
    return rows.stream().collect(Collectors.toMap(row -> row, row -> 1, Integer::sum));
  }

  private List<List<Object>> output() {
    return written.values().stream().flatMap(List::stream).toList();
  }

  private static LocalDateTime minute(Object time) {
    LocalDateTime at = (LocalDateTime) time;
    return at.minusSeconds(at.getSecond());
  }

  @Test
  void windowsAreExactThroughRestarts() throws Exception {
    rows("views", new Random(7));
    Map<List<Object>, Long> expected = all("views").stream().collect(Collectors.groupingBy(
        row -> List.of(minute(row.get(1)), minute(row.get(1)).plusMinutes(1), row.get(0)), Collectors.counting()));
    for (int p = 0; p < PARTITIONS; p++) {
      allRead.countDown();
    }
    Containers containers = run(
        "out { from = views, by = [page], window { size = 1m, on = ts }, aggregate = [\"count(*) as n\"] }",
        "TASK_BATCH:throw:30,COMMIT_STATE_SAVED:throw:4,COMMIT_DONE:throw:7,COMMIT_PUBLISHED:throw:9,"
            + "TASK_BATCH:throw:90");
    assertThat(counts(output())).isEqualTo(counts(expected.entrySet().stream().map(e -> {
      List<Object> row = new ArrayList<>(e.getKey());
      row.add(e.getValue());
      return row;
    }).toList()));
    assertThat(containers.restarts()).isNotEmpty();
    assertThat(late(containers)).isZero();
    // A task that was restarted at its end has nothing more to promise.
    assertThat(containers.counts().values()).anySatisfy(counts -> assertThat(counts.stage().sources())
        .allSatisfy(source -> assertThat(counts.watermark(source)).isGreaterThan(-300_000_000L)));
  }

  private static long late(Containers containers) {
    return containers.counts().values().stream()
        .mapToLong(c -> c.stage().operators().stream().mapToLong(o -> c.late(o.id())).sum()).sum();
  }

  @Test
  void whatAnotherProcessHasTakenOverIsNotTakenUpAgain() throws Exception {
    rows("views", new Random(7));
    while (allRead.getCount() > 0) {
      allRead.countDown();
    }
    state.claim(() -> {
      throw new IOException("taken over");
    });
    runToAnyEnd("out { from = views, by = [page], window { size = 1m, on = ts }, aggregate = [\"count(*) as n\"] }",
        "TASK_BATCH:throw:30");
    assertThat(state.failure()).hasMessage("taken over");
  }

  @Test
  void theLastUpdateOfEachKeyIsItsResultThroughRestarts() throws Exception {
    rows("views", new Random(7));
    Map<Object, Long> expected =
        all("views").stream().collect(Collectors.groupingBy(row -> row.get(0), Collectors.counting()));
    for (int p = 0; p < PARTITIONS; p++) {
      allRead.countDown();
    }
    Containers containers = run(
        "out { from = views, by = [page], emit-every = 1ms, aggregate = [\"count(*) as n\"] }",
        "TASK_BATCH:throw:30,COMMIT_STATE_SAVED:throw:4,COMMIT_DONE:throw:7,COMMIT_PUBLISHED:throw:9");
    Map<Object, Object> last = new HashMap<>();
    written.values().forEach(part -> part.forEach(row -> last.put(row.get(0), row.get(1))));
    assertThat(last).isEqualTo(expected);
    assertThat(containers.restarts()).isNotEmpty();
  }

  @Test
  void joinsWithinATimeAreExactThroughRestarts() throws Exception {
    rows("views", new Random(7));
    rows("clicks", new Random(8));
    List<List<Object>> expected = new ArrayList<>();
    for (List<Object> view : all("views")) {
      for (List<Object> click : all("clicks")) {
        long apart = ChronoUnit.MICROS.between((LocalDateTime) view.get(1), (LocalDateTime) click.get(1));
        if (view.get(0).equals(click.get(0)) && Math.abs(apart) <= 2_000_000) {
          expected.add(List.of(view.get(0), view.get(2), click.get(2)));
        }
      }
    }
    Containers containers = run("out { from = views, join = clicks, on = [page], "
        + "within { most = 2s, left = ts, right = at }, select = [page, n, m] }",
        "TASK_BATCH:throw:40,COMMIT_STATE_SAVED:throw:6,COMMIT_DONE:throw:9,COMMIT_PUBLISHED:throw:12");
    assertThat(counts(output())).isEqualTo(counts(expected));
    assertThat(containers.restarts()).isNotEmpty();
    assertThat(late(containers)).isZero();
  }

  /** Inputs and outputs in memory; what was written since the last commit is lost with the file. */
  private final class InMemory implements Connections {

    @Override
    public BatchReader openSplit(String input, FileSplit split, List<Integer> columns) {
      throw new IllegalArgumentException(input);
    }

    @Override
    public PartitionedReader openPartitions(String input, Share share, List<Integer> columns) {
      return new Partitions(share.ranges(), columns.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public OutputFile openOutput(String output, String lane, int part, Optional<StagedFile> committed) {
      List<List<Object>> rows = written.computeIfAbsent("part-" + part, name -> new ArrayList<>());
      rows.subList((int) (long) committed.map(StagedFile::rows).orElse(0L), rows.size()).clear();
      return new Kept("part-" + part, rows);
    }
  }

  private record Kept(String name, List<List<Object>> rows) implements OutputFile {

    @Override
    public void write(RecordBatch batch) {
      rows.addAll(Values.rows(batch));
    }

    @Override
    public Optional<StagedFile> commit() {
      return Optional.of(new StagedFile(name, rows.size(), 0, 0));
    }

    @Override
    public Optional<StagedFile> finish() {
      return commit();
    }

    @Override
    public void close() {}
  }

  /** Gives the rows of its partitions by turns, and waits when there are no more. */
  private final class Partitions implements PartitionedReader {

    private final List<PartitionRange> ranges;
    private final int[] columns;
    private final Map<String, Long> positions = new HashMap<>();
    private int turn;
    private boolean untilNow;

    Partitions(List<PartitionRange> ranges, int[] columns) {
      this.ranges = ranges;
      this.columns = columns;
      ranges.forEach(range -> positions.put(range.name(), 0L));
    }

    @Override
    public RecordBatch poll() {
      for (int i = 0; i < ranges.size(); i++) {
        String name = ranges.get(turn++ % ranges.size()).name();
        int from = (int) (long) positions.get(name);
        List<List<Object>> rows = partitions.get(name);
        if (from < rows.size()) {
          positions.put(name, (long) from + BATCH);
          if (from + BATCH == rows.size()) {
            allRead.countDown();
          }
          List<List<Object>> chosen = new ArrayList<>();
          for (List<Object> row : rows.subList(from, from + BATCH)) {
            List<Object> values = new ArrayList<>();
            for (int column : columns) {
              values.add(row.get(column));
            }
            chosen.add(values);
          }
          return Values.batch(VIEWS.project(columns), chosen);
        }
      }
      return null;
    }

    @Override
    public boolean hasEnded() {
      return untilNow && ranges.stream()
          .allMatch(range -> positions.get(range.name()) == partitions.get(range.name()).size());
    }

    @Override
    public void untilNow() {
      untilNow = true;
    }

    @Override
    public Map<String, Long> positions() {
      return Map.copyOf(positions);
    }

    @Override
    public void seek(Map<String, Long> from) {
      positions.putAll(from);
    }

    @Override
    public long watermark() {
      long least = IDLE;
      for (PartitionRange range : ranges) {
        int read = (int) (long) positions.get(range.name());
        List<List<Object>> rows = partitions.get(range.name());
        long known = read == 0
            ? NO_WATERMARK
            : ChronoUnit.MICROS.between(time(0), (LocalDateTime) rows.get(read - 1).get(1));
        least = Math.min(least, read == rows.size() ? IDLE : known);
      }
      return least;
    }

    @Override
    public long lag() {
      return 0;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public void close() throws IOException {}
  }
}
