package dev.samzabatch.system.log;

import dev.samzabatch.system.LanePosition;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How far the lanes of one stream are published, and what of it is dropped. Thread-safe. */
final class StreamLanes {

  private final ConcurrentSkipListMap<String, long[]> lengths = new ConcurrentSkipListMap<>();
  private final Set<Integer> dropped = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Long> looked = new ConcurrentHashMap<>();
  private final AtomicInteger version = new AtomicInteger();

  /** Changes with every publication; read it before {@link #lengths()}. */
  int version() {
    return version.get();
  }

  /** The published lengths by lane, one a partition. */
  SortedMap<String, long[]> lengths() {
    return lengths;
  }

  void publish(String lane, long[] published) {
    lengths.put(lane, published.clone());
    version.incrementAndGet();
  }

  /** Whether the files of a partition have been deleted, so that nobody may write there. */
  boolean isDropped(int partition) {
    return dropped.contains(partition);
  }

  void drop(int partition) {
    dropped.add(partition);
  }

  /**
   * Whether a partition has been read so much further since the last time that this gave true, over all its lanes, that
   * there may be a segment to drop.
   */
  boolean mayDrop(int partition, Map<String, LanePosition> positions, long segmentBytes) {
    long read = positions.values().stream().mapToLong(LanePosition::offset).sum();
    if (read - looked.getOrDefault(partition, 0L) < segmentBytes) {
      return false;
    }
    looked.put(partition, read);
    return true;
  }
}
