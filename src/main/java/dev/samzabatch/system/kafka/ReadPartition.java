package dev.samzabatch.system.kafka;

import org.apache.kafka.common.TopicPartition;

/** A partition that a reader reads, and how far it is. */
final class ReadPartition {

  final TopicPartition at;
  final String name;

  /** Offset behind the last record that is read; {@link Long#MAX_VALUE} for none. */
  private long end;

  /** Offset of the first record that has not been given. */
  private long next;

  /** Offset behind the last record that is known to be there. */
  private long known;

  ReadPartition(TopicPartition at, long start, long end) {
    this.at = at;
    this.name = at.topic() + "/" + at.partition();
    this.end = end;
    this.next = Math.min(start, end);
    this.known = end == Long.MAX_VALUE ? start : end;
  }

  /** A partition without end ends there, or where it has been read to already. */
  void endAt(long offset) {
    if (end == Long.MAX_VALUE) {
      end = Math.max(next, offset);
      known = end;
    }
  }

  long end() {
    return end;
  }

  long next() {
    return next;
  }

  /** Everything before the offset has been given, or is not there. */
  void advance(long offset) {
    next = Math.min(end, Math.max(next, offset));
  }

  /** Goes on from somewhere else. */
  void seek(long offset) {
    next = Math.min(end, offset);
  }

  /** The partition holds records up to this offset; of no meaning for one whose end is fixed. */
  void holds(long offset) {
    if (end == Long.MAX_VALUE) {
      known = offset;
    }
  }

  boolean hasEnded() {
    return next >= end;
  }

  /** How many records are known to be there that have not been given. */
  long lag() {
    return Math.max(0, known - next);
  }
}
