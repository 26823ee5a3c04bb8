package dev.samzabatch.system.file;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.Format;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.job.EventTime;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.system.PartitionWatermarks;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Reads files as they come: the locations are listed again and again, and each new file is read once, the oldest first.
 * A file must be complete when it appears, as one that is moved there is. Each path belongs to one task, by its hash,
 * so that tasks need not agree. A partition is a file, its position what {@link BatchReader#position} says, or
 * {@link #DONE}.
 */
public final class GrowingFiles implements PartitionedReader {

  /** The position of a file that has been read to its end. */
  public static final long DONE = Long.MAX_VALUE;

  /** All files of a task are one partition where time is concerned: they come one after another. */
  private static final String TIMES = "files";

  private static final Comparator<LocalFile> OLDEST_FIRST =
      Comparator.comparingLong(LocalFile::modified).thenComparing(LocalFile::path);

  private final InputSpec input;
  private final Format format;
  private final ReadSpec spec;
  private final Schema schema;

  /** Where the columns of a batch, and the times behind them, are among those that are read. */
  private final int[] wanted;
  private final int times;

  private final int task;
  private final int tasks;
  private final long lookNanos;
  private final LongSupplier nanoTime;
  private final PartitionWatermarks watermarks;
  private final Map<String, Long> positions = new TreeMap<>();
  private final Map<String, LocalFile> seen = new HashMap<>();
  private final Deque<LocalFile> waiting = new ArrayDeque<>();
  private LocalFile current;
  private BatchReader reader;
  private boolean hasLooked;

  /** Whether files that come from now on are left alone. */
  private boolean grownUp;
  private long lookedNanos;
  private long bytesDone;

  /**
   * Nothing is listed before the first poll.
   *
   * @param input files that are looked for every so often
   * @param task number of the task that reads, from 0
   * @param tasks how many there are
   */
  public GrowingFiles(InputSpec input, Format format, ReadSpec spec, int task, int tasks) {
    this(input, format, spec, task, tasks, System::nanoTime);
  }

  /** With a clock that only goes forward. */
  GrowingFiles(InputSpec input, Format format, ReadSpec spec, int task, int tasks, LongSupplier nanoTime) {
    this.input = input;
    this.format = format;
    this.schema = spec.batchSchema();
    TreeSet<Integer> read = new TreeSet<>(spec.columns());
    int time = input.eventTime().map(EventTime::column).map(spec.schema()::indexOf).orElse(-1);
    if (time >= 0) {
      read.add(time);
    }
    List<Integer> columns = new ArrayList<>(read);
    this.spec = new ReadSpec(spec.schema(), columns, spec.batchRows());
    this.wanted = spec.columns().stream().mapToInt(columns::indexOf).toArray();
    this.times = columns.indexOf(time);
    this.task = task;
    this.tasks = tasks;
    this.lookNanos = input.lookEvery().orElseThrow().toNanos();
    this.nanoTime = nanoTime;
    this.watermarks = new PartitionWatermarks(input.eventTime(), nanoTime);
    watermarks.touch(TIMES);
  }

  @Override
  public void seek(Map<String, Long> from) {
    positions.putAll(from);
  }

  @Override
  public RecordBatch poll() throws IOException {
    if (!grownUp && (!hasLooked || nanoTime.getAsLong() - lookedNanos >= lookNanos)) {
      look();
    }
    while (reader != null || open()) {
      RecordBatch batch = reader.next();
      if (batch != null) {
        positions.put(name(current), reader.position());
        return given(batch);
      }
      finish();
    }
    return null;
  }

  private boolean open() throws IOException {
    if (waiting.isEmpty()) {
      return false;
    }
    current = waiting.remove();
    long start = positions.getOrDefault(name(current), 0L);
    reader = format.openReader(new FileSplit(current, start, Long.MAX_VALUE), spec);
    positions.putIfAbsent(name(current), 0L);
    return true;
  }

  private RecordBatch given(RecordBatch batch) {
    watermarks.touch(TIMES);
    if (times >= 0) {
      watermarks.saw(TIMES, batch.column(times), 0, batch.physicalRows());
    }
    ColumnVector[] columns = new ColumnVector[wanted.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(wanted[i]);
    }
    return batch.withColumns(schema, columns);
  }

  /** The file may have been taken away meanwhile, but not changed. */
  private void finish() throws IOException {
    bytesDone += reader.bytesRead();
    reader.close();
    reader = null;
    if (Files.exists(current.path())) {
      requireSame(LocalFile.of(current.path()));
    }
    positions.put(name(current), DONE);
  }

  /** Lists the files, and lines up those that are new. */
  private void look() {
    hasLooked = true;
    lookedNanos = nanoTime.getAsLong();
    List<LocalFile> begun = new ArrayList<>();
    List<LocalFile> fresh = new ArrayList<>();
    Map<String, LocalFile> listed = new HashMap<>();
    for (LocalFile file : FileListing.listPresent(input.locations())) {
      String name = name(file);
      listed.put(name, file);
      if (seen.containsKey(name)) {
        requireSame(file);
      } else if (positions.containsKey(name) || Math.floorMod(name.hashCode(), tasks) == task) {
        seen.put(name, file);
        long position = positions.getOrDefault(name, 0L);
        if (position != DONE) {
          (position > 0 ? begun : fresh).add(file);
        }
      }
    }
    requireBegun(listed);
    begun.stream().sorted(OLDEST_FIRST).forEach(waiting::add);
    fresh.stream().sorted(OLDEST_FIRST).forEach(waiting::add);
  }

  private void requireSame(LocalFile file) {
    LocalFile before = seen.get(name(file));
    if (before.length() != file.length() || before.modified() != file.modified()) {
      throw new UserException(Problem.error("SB-4008", input.place(), file.name()
          + " has changed since it was found: it had " + before.length() + " bytes, and has " + file.length() + " now",
          "a file of an input that grows is read once: write it under a name that starts with . or _, or elsewhere, and"
              + " rename it when it is complete"));
    }
  }

  /** A file of which a part has been read must be there to read the rest of it. */
  private void requireBegun(Map<String, LocalFile> listed) {
    positions.forEach((name, position) -> {
      if (position != DONE && !seen.containsKey(name) && !listed.containsKey(name)) {
        throw new UserException(Problem.error("SB-4009", input.place(), name + " is not there any more, and has been"
            + " read only up to byte " + position, "put it back until it has been read"));
      }
    });
  }

  private static String name(LocalFile file) {
    return file.path().toString();
  }

  @Override
  public void untilNow() {
    if (!grownUp) {
      look();
      grownUp = true;
    }
  }

  @Override
  public boolean hasEnded() {
    return grownUp && reader == null && waiting.isEmpty();
  }

  @Override
  public Map<String, Long> positions() {
    return new HashMap<>(positions);
  }

  @Override
  public long watermark() {
    if (reader != null || !waiting.isEmpty()) {
      watermarks.touch(TIMES);
    }
    return watermarks.watermark();
  }

  /** How many files wait; their records are not known. */
  @Override
  public long lag() {
    return waiting.size() + (reader == null ? 0 : 1);
  }

  @Override
  public long bytesRead() {
    return bytesDone + (reader == null ? 0 : reader.bytesRead());
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
