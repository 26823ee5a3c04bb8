package dev.samzabatch.system.kafka;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The producers of the lanes that are open: one a lane, however many streams and outputs it writes. Thread-safe; a lane
 * belongs to one thread.
 */
final class LaneProducers {

  private final TopicContext context;
  private final String prefix;
  private final ConcurrentHashMap<String, LaneProducer> open = new ConcurrentHashMap<>();
  private final Set<String> opened = ConcurrentHashMap.newKeySet();

  /**
   * None is open.
   *
   * @param prefix of their transactional ids
   */
  LaneProducers(TopicContext context, String prefix) {
    this.context = context;
    this.prefix = prefix;
  }

  /** The producer of a lane, to be given back by closing the lease. */
  LaneLease use(String lane) throws IOException {
    context.fence().others();
    LaneProducer producer = open.get(lane);
    if (producer == null) {
      producer = new LaneProducer(context, transactionalId(lane));
      open.put(lane, producer);
      opened.add(lane);
    }
    producer.use();
    return new LaneLease(this, lane, producer);
  }

  /** A lease is closed. */
  void release(String lane) {
    LaneProducer producer = open.get(lane);
    if (producer != null && producer.release()) {
      open.remove(lane);
    }
  }

  /** Whether this process has opened the lane. */
  boolean hasOpened(String lane) {
    return opened.contains(lane);
  }

  /**
   * The same for all lanes of a container.
   *
   * @param lane {@code NUMBER-CONTAINER}
   */
  String transactionalId(String lane) {
    return prefix + lane.substring(lane.indexOf('-') + 1);
  }

}
