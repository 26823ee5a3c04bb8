package dev.samzabatch.system.log;

import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How far the lanes of one stream are published. Thread-safe. */
final class StreamLanes {

  private final ConcurrentSkipListMap<String, long[]> lengths = new ConcurrentSkipListMap<>();
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
}
