package dev.samzabatch.system;

import dev.samzabatch.data.StreamItem;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Reads one partition of a stream: all its lanes, each in order. Used by one thread. */
public interface StreamReader extends Closeable {

  /**
   * The next committed item, or null when there is none at present. A batch is valid until the next call.
   *
   * @throws IOException when the stream cannot be read or is damaged; the message names the file and the byte
   */
  StreamItem poll() throws IOException;

  /**
   * How far each lane has been read, by lane name, exact between any two items; a reader is brought back there by
   * {@link #seek}. A lane that is not named has not been read.
   */
  Map<String, LanePosition> position();

  /**
   * Goes on from a position that {@link #position()} gave; lanes that it does not name are read from their beginning.
   */
  void seek(Map<String, LanePosition> position) throws IOException;
}
