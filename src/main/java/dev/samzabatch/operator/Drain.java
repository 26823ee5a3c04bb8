package dev.samzabatch.operator;

import java.io.Closeable;
import java.io.IOException;

/** Emits what an operator has moved out of memory, in the order of the positions of keys, see {@link KeyBuckets}. */
interface Drain extends Closeable {

  /**
   * Works for a fraction of a second.
   *
   * @return whether there is more to do
   */
  boolean step(Output output) throws IOException;

  /** The position that divides the keys already emitted from all others. */
  long position();

  /** About how many bytes of heap are held. */
  long memoryBytes();

  @Override
  default void close() throws IOException {}
}
