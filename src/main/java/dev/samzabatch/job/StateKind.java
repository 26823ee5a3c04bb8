package dev.samzabatch.job;

/** Where a step keeps what it holds. The result is the same for each. */
public enum StateKind {
  /** In the heap, whatever it takes. */
  MEMORY,
  /** Groups in RocksDB; distinct keys, joins and orders on disk as soon as possible. */
  ROCKSDB,
  /** In the heap until the step's share of run.memory is used, then on disk. */
  AUTO
}
