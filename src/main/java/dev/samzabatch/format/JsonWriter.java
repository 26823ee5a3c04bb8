package dev.samzabatch.format;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import java.io.IOException;
import java.io.OutputStream;

/** Writes JSON lines: {@link JsonObjects}, and a line end behind each. */
final class JsonWriter implements BatchWriter {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final JsonObjects objects;

  JsonWriter(OutputStream out, Schema schema) {
    this.out = out;
    objects = new JsonObjects(schema);
  }

  @Override
  public void write(RecordBatch batch) throws IOException {
    TextBuffer text = objects.text();
    for (int i = 0; i < batch.rowCount(); i++) {
      objects.add(batch, batch.row(i));
      text.add('\n');
      if (text.size() >= BUFFER_BYTES) {
        text.drainTo(out);
      }
    }
  }

  @Override
  public void flush() throws IOException {
    objects.text().drainTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
