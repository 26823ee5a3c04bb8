package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.state.StagedPart;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The staged rows of one task for one output. Used by one thread. */
public interface OutputFile extends Closeable {

  /** Appends the selected rows. */
  void write(RecordBatch batch) throws IOException;

  /** Ends the file and makes it durable; empty when nothing was written and so no file is needed. */
  Optional<StagedPart> finish() throws IOException;

  /** Closes without finishing: what was written is of no use. Does nothing after {@link #finish()}. */
  @Override
  void close() throws IOException;
}
