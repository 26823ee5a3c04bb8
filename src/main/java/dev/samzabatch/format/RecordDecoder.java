package dev.samzabatch.format;

import dev.samzabatch.data.RecordBatch;
import java.io.IOException;

/** Decodes single records into the rows of a batch. Used by one thread. */
public interface RecordDecoder {

  /** Forgets the rows and begins a batch. */
  void begin();

  /**
   * Decodes the bytes {@code [from, to)} as the next row. They may change when this has returned.
   *
   * @return null when the record is good, else what is wrong with it; then there is no row of it
   * @throws IOException when what is needed to decode it cannot be read
   * @throws IllegalStateException when the batch has as many rows already as it may have
   */
  RecordProblem add(byte[] bytes, int from, int to) throws IOException;

  /** Adds a row whose columns are all null, whatever the schema says. */
  void addNull();

  /** How many rows there are. */
  int rows();

  /** Whether the batch should end here: it has as many rows as it may have, or holds many bytes. */
  boolean isFull();

  /** The rows since {@link #begin}, valid until the next one. */
  RecordBatch batch();
}
