package dev.samzabatch.system;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.job.EventTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The watermark of partitions that are read side by side: that of the slowest one that is not idle. It falls back when
 * a partition comes anew or is no longer idle; who reports it never takes it back. Used by one thread.
 */
public final class PartitionWatermarks {

  /** How far a partition is. */
  private static final class Progress {
    private long latest = PartitionedReader.NO_WATERMARK;
    private long activeNanos;
  }

  private final boolean timed;
  private final long delayMicros;
  private final long idleNanos;
  private final LongSupplier nanoTime;
  private final Map<String, Progress> partitions = new HashMap<>();
  private long told = PartitionedReader.NO_WATERMARK;

  /**
   * No partitions yet.
   *
   * @param time empty when rows have no time: then the watermark says nothing
   * @param nanoTime a clock that only goes forward
   */
  public PartitionWatermarks(Optional<EventTime> time, LongSupplier nanoTime) {
    this.timed = time.isPresent();
    this.delayMicros = time.map(EventTime::delay).map(PartitionWatermarks::micros).orElse(0L);
    this.idleNanos = time.map(EventTime::idleAfter).orElse(Duration.ZERO).toNanos();
    this.nanoTime = nanoTime;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** Something comes of the partition, or is known to be there: it is not idle. Partitions that are new are added. */
  public void touch(String partition) {
    partitions.computeIfAbsent(partition, name -> new Progress()).activeNanos = nanoTime.getAsLong();
  }

  /** The partition is over. */
  public void remove(String partition) {
    partitions.remove(partition);
  }

  /**
   * Rows {@code [from, to)} of the partition have these times; null ones, and those of one that is over, say nothing.
   */
  public void saw(String partition, ColumnVector times, int from, int to) {
    if (!timed) {
      return;
    }
    LongVector micros = (LongVector) times;
    Progress progress = partitions.get(partition);
    if (progress == null) {
      return;
    }
    long latest = progress.latest;
    for (int row = from; row < to; row++) {
      if (!micros.isNull(row)) {
        latest = Math.max(latest, micros.get(row));
      }
    }
    progress.latest = latest;
  }

  /**
   * As {@link PartitionedReader#watermark} says. When the last partition becomes idle nobody is held back by a slower
   * one any more: before it is {@link PartitionedReader#IDLE} the watermark is once that of the fastest.
   */
  public long watermark() {
    if (!timed) {
      return PartitionedReader.NO_WATERMARK;
    }
    long now = nanoTime.getAsLong();
    long slowest = PartitionedReader.IDLE;
    long fastest = PartitionedReader.NO_WATERMARK;
    for (Progress progress : partitions.values()) {
      fastest = Math.max(fastest, progress.latest);
      if (now - progress.activeNanos < idleNanos) {
        slowest = Math.min(slowest, progress.latest);
      }
    }
    long last = delayed(fastest);
    boolean isIdle = slowest == PartitionedReader.IDLE;
    if (isIdle && last <= told) {
      return PartitionedReader.IDLE;
    }
    long mark = isIdle ? last : delayed(slowest);
    told = Math.max(told, mark);
    return mark;
  }

  private long delayed(long latest) {
    return latest == PartitionedReader.NO_WATERMARK ? latest
        : Math.max(PartitionedReader.NO_WATERMARK + 1, latest - delayMicros);
  }
}
