package dev.samzabatch.format;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import java.io.IOException;
import java.io.OutputStream;

/** Writes CSV files: perhaps a header, then {@link CsvLines}, each with LF behind it. */
final class CsvWriter implements BatchWriter {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final CsvLines lines;

  /** Starts with the header, if there is to be one. */
  CsvWriter(OutputStream out, Schema schema, CsvOptions options) {
    this(out, schema, options, options.header());
  }

  /** Starts with the header if it is told to, whatever the options say. */
  CsvWriter(OutputStream out, Schema schema, CsvOptions options, boolean header) {
    this.out = out;
    lines = new CsvLines(schema, options);
    if (header) {
      lines.addHeader();
      lines.text().add('\n');
    }
  }

  @Override
  public void write(RecordBatch batch) throws IOException {
    TextBuffer text = lines.text();
    for (int i = 0; i < batch.rowCount(); i++) {
      lines.add(batch, batch.row(i));
      text.add('\n');
      if (text.size() >= BUFFER_BYTES) {
        text.drainTo(out);
      }
    }
  }

  @Override
  public void flush() throws IOException {
    lines.text().drainTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
