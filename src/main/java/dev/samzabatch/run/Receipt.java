package dev.samzabatch.run;

import java.util.List;

/**
 * What a deletion did, or would do.
 *
 * @param items what was deleted
 * @param failures what could not be deleted, and why; it will be tried again by the next run or clean
 */
public record Receipt(List<Item> items, List<String> failures) {

  /** One deleted thing and the bytes that it held. */
  public record Item(String runId, String kind, String name, long bytes) {}

  /** The bytes of all items. */
  public long bytes() {
    return items.stream().mapToLong(Item::bytes).sum();
  }
}
