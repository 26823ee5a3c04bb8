package dev.samzabatch.format;

import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.RecordBatch;
import java.io.IOException;

/** Encodes rows as single records. Used by one thread. */
public interface RecordEncoder {

  /**
   * Adds the bytes of a row.
   *
   * @param row a physical row of the batch
   * @throws dev.samzabatch.data.UserException when the format has no form for a value in it; part of the row may have
   * been added then
   */
  void encode(RecordBatch batch, int row, ByteSink out) throws IOException;
}
