package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.system.file.StagedFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The rows of one task for one output. Used by one thread. */
public interface OutputFile extends Closeable {

  /** Appends the selected rows. */
  void write(RecordBatch batch) throws IOException;

  /** Makes everything written so far durable, with more to follow; empty when there is no file yet. */
  Optional<StagedFile> commit() throws IOException;

  /** Ends the file and makes it durable; empty when nothing was written and so no file is needed. */
  Optional<StagedFile> finish() throws IOException;

  /** Closes without finishing: what was written since the last commit is of no use. Does nothing after finishing. */
  @Override
  void close() throws IOException;
}
