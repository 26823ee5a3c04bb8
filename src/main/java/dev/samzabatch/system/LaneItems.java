package dev.samzabatch.system;

import dev.samzabatch.data.StreamItem;
import java.io.IOException;

/** Takes what lanes hold. */
public interface LaneItems {

  /** Takes the next item of a lane; a batch is valid until this returns. */
  void accept(String lane, StreamItem item) throws IOException;
}
