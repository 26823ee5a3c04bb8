package dev.samzabatch.run;

import dev.samzabatch.container.OutputFile;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.format.BatchWriter;
import dev.samzabatch.format.Format;
import dev.samzabatch.format.Formats;
import dev.samzabatch.format.Packing;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.state.StagedPart;
import dev.samzabatch.system.file.PartFile;
import dev.samzabatch.system.file.StagedOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * The staged file of one task, made when its first rows arrive. The first task makes one in any case, so that an empty
 * result has a file too (with a header, where the format has one).
 */
final class StagedOutputFile implements OutputFile {

  private final OutputSpec output;
  private final StagedOutput staged;
  private final int part;
  private final Schema schema;
  private PartFile file;
  private OutputStream packed;
  private BatchWriter writer;
  private long rows;

  StagedOutputFile(OutputSpec output, StagedOutput staged, int part, Schema schema) {
    this.output = output;
    this.staged = staged;
    this.part = part;
    this.schema = schema;
  }

  @Override
  public void write(RecordBatch batch) throws IOException {
    if (writer == null) {
      open();
    }
    writer.write(batch);
    rows += batch.rowCount();
  }

  private void open() throws IOException {
    OutputSpec.Encoding encoding = output.encoding();
    Format format = Formats.of(encoding);
    String extension =
        "." + encoding.format().name().toLowerCase(Locale.ROOT) + Packing.extension(encoding.compression());
    file = staged.openPart(part, extension);
    packed = Packing.pack(file.out(), encoding.compression());
    writer = format.openWriter(packed, schema);
  }

  @Override
  public Optional<StagedPart> finish() throws IOException {
    if (writer == null && part > 0) {
      return Optional.empty();
    }
    if (writer == null) {
      open();
    }
    writer.close();
    packed.close();
    StagedPart done = new StagedPart(output.name(), file.commit(rows));
    close();
    return Optional.of(done);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
