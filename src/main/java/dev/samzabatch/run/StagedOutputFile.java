package dev.samzabatch.run;

import dev.samzabatch.container.OutputFile;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.format.BatchWriter;
import dev.samzabatch.format.Format;
import dev.samzabatch.format.Formats;
import dev.samzabatch.format.Packing;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.system.file.PartFile;
import dev.samzabatch.system.file.StagedFile;
import dev.samzabatch.system.file.StagedOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * The staged file of one task, made when its first rows arrive. The first task makes one in any case, so that an empty
 * result has a file too (with a header, where the format has one).
 *
 * <p>
 * At every commit the packed part that is being written ends, and the next rows begin another: a packed file may be
 * several packed parts one after the other. So whatever was committed is whole by itself.
 */
final class StagedOutputFile implements OutputFile {

  private final OutputSpec output;
  private final StagedOutput staged;
  private final int part;
  private final Schema schema;

  /** What is committed; empty before the first commit. */
  private Optional<StagedFile> committed;

  /** Null until there is something to write. */
  private PartFile file;

  /** These two are null between a commit and the next rows. */
  private OutputStream packed;
  private BatchWriter writer;

  private long rows;

  private StagedOutputFile(OutputSpec output, StagedOutput staged, int part, Schema schema) {
    this.output = output;
    this.staged = staged;
    this.part = part;
    this.schema = schema;
    this.committed = Optional.empty();
  }

  /**
   * Opens the file of a task.
   *
   * @param committed the file as it was committed, to be written on; empty for a new one
   */
  static StagedOutputFile open(
      OutputSpec output, StagedOutput staged, int part, Schema schema, Optional<StagedFile> committed)
      throws IOException {
    StagedOutputFile opened = new StagedOutputFile(output, staged, part, schema);
    if (committed.isPresent()) {
      opened.committed = committed;
      opened.rows = committed.get().rows();
      opened.file = staged.reopenPart(committed.get());
    }
    return opened;
  }

  @Override
  public void write(RecordBatch batch) throws IOException {
    if (writer == null) {
      openWriter();
    }
    writer.write(batch);
    rows += batch.rowCount();
  }

  private void openWriter() throws IOException {
    OutputSpec.Encoding encoding = output.encoding();
    Format format = Formats.of(encoding);
    if (file == null) {
      String extension =
          "." + encoding.format().name().toLowerCase(Locale.ROOT) + Packing.extension(encoding.compression());
      file = staged.openPart(part, extension);
    }
    packed = Packing.pack(file.out(), encoding.compression());
    writer = committed.isPresent() ? format.continueWriter(packed, schema) : format.openWriter(packed, schema);
  }

  @Override
  public Optional<StagedFile> commit() throws IOException {
    if (writer != null) {
      writer.close();
      packed.close();
      writer = null;
      packed = null;
      committed = Optional.of(file.commit(rows));
    }
    return committed;
  }

  @Override
  public Optional<StagedFile> finish() throws IOException {
    if (file == null && part == 0) {
      openWriter();
    }
    Optional<StagedFile> whole = commit();
    close();
    return whole;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
