package dev.samzabatch.system.log;

import dev.samzabatch.data.BatchCodec;
import dev.samzabatch.data.BatchDecoder;
import dev.samzabatch.data.BatchFormatException;
import dev.samzabatch.data.SchemaSyntaxException;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.system.Block;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Everything that lies in a stream's files, committed or not, file after file: for people who look into a run, alive or
 * dead. Where a file breaks off or is damaged, the rest of it is passed over and told in {@link #tails()}.
 */
public final class LogDump implements Closeable {

  private final Iterator<StreamDirectory.Segment> files;
  private final List<Tail> tails = new ArrayList<>();
  private StreamDirectory.Segment file;
  private BlockCursor cursor;
  private BatchDecoder decoder;
  private long size;

  /**
   * An item and where it lies.
   *
   * @param partition from 0
   * @param lane name of the container that wrote it
   * @param offset of its block in the lane, in bytes
   * @param item a batch is valid until the next item is asked for
   */
  public record Entry(int partition, String lane, long offset, StreamItem item) {}

  /**
   * The end of a file that cannot be read: what a crash left of the last write, or damage.
   *
   * @param file the file
   * @param offset from which byte of the file on
   * @param bytes how many they are
   * @param reason what is wrong with them
   */
  public record Tail(Path file, long offset, long bytes, String reason) {}

  /**
   * Opens a stream.
   *
   * @param streams directory of all streams of a run
   * @throws NoSuchFileException when it has no stream of this name
   */
  public LogDump(Path streams, String name) throws IOException {
    StreamDirectory directory = new StreamDirectory(streams, name);
    if (!Files.isDirectory(directory.path())) {
      throw new NoSuchFileException(directory.path().toString());
    }
    files = directory.segments().iterator();
  }

  /** The next item; null at the end. */
  public Entry next() throws IOException {
    while (cursor != null || files.hasNext()) {
      try {
        if (cursor == null) {
          open(files.next());
        }
        if (cursor.next(size)) {
          return new Entry(file.partition(), file.lane(), file.start() + cursor.offset(), item());
        }
        closeFile();
      } catch (NoSuchFileException e) {
        // The run has dropped what it has read.
        closeFile();
      } catch (DamagedLogException e) {
        long from = cursor == null ? 0 : cursor.offset();
        tails.add(new Tail(file.path(), from, size - from, e.fact()));
        closeFile();
      }
    }
    return null;
  }

  private void open(StreamDirectory.Segment next) throws IOException {
    file = next;
    size = Files.size(next.path());
    LogFileHeader header = LogFileHeader.read(next.path());
    try {
      decoder = BatchCodec.decoder(SchemaText.parse(header.schema()));
    } catch (SchemaSyntaxException e) {
      throw new DamagedLogException(next.path(), 0, "its schema cannot be read: " + e.getMessage());
    }
    cursor = new BlockCursor(next.path(), header.length());
  }

  private StreamItem item() throws IOException {
    if (cursor.head().kind() != Block.BATCH) {
      StreamItem mark = Block.mark(cursor.head(), cursor.bytes(), cursor.payload());
      if (mark == null) {
        throw cursor.damaged("a mark that is too short");
      }
      return mark;
    }
    try {
      decoder.open(cursor.bytes(), cursor.payload(), cursor.head().payload());
      return decoder.next(decoder.remaining());
    } catch (BatchFormatException e) {
      throw cursor.damaged(e.getMessage());
    }
  }

  private void closeFile() throws IOException {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }

  /** The ends of files that could not be read, among those gone through so far. */
  public List<Tail> tails() {
    return List.copyOf(tails);
  }

  @Override
  public void close() throws IOException {
    closeFile();
  }
}
