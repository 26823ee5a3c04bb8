package dev.samzabatch.system.log;

import dev.samzabatch.data.BatchCodec;
import dev.samzabatch.data.BatchDecoder;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a partition: one lane up to what is published of it, then the next, in the order of their names. So all that a
 * container had committed before it started again is read before what it wrote in its next lane, marks included.
 */
final class LogReader implements StreamReader {

  private final StreamDirectory directory;
  private final StreamSpec stream;
  private final int partition;
  private final int batchRows;
  private final StreamLanes published;
  private final BatchDecoder decoder;
  private final Map<String, LaneReader> lanes = new LinkedHashMap<>();
  private final List<LaneReader> order = new ArrayList<>();
  private Map<String, LanePosition> starts = Map.of();
  private int seen = -1;
  private int current;

  LogReader(StreamDirectory directory, StreamSpec stream, int partition, int batchRows, StreamLanes published) {
    this.directory = directory;
    this.stream = stream;
    this.partition = partition;
    this.batchRows = batchRows;
    this.published = published;
    this.decoder = BatchCodec.decoder(stream.schema());
  }

  @Override
  public StreamItem poll() throws IOException {
    boolean refreshed = false;
    while (true) {
      for (int tries = order.size(); tries > 0; tries--) {
        StreamItem item = order.get(current).poll();
        if (item != null) {
          return item;
        }
        current = (current + 1) % order.size();
      }
      if (refreshed || seen == published.version()) {
        return null;
      }
      refresh();
      refreshed = true;
    }
  }

  /** Learns of new lanes and of what else has been published. */
  private void refresh() throws IOException {
    seen = published.version();
    current = 0;
    for (Map.Entry<String, long[]> entry : published.lengths().entrySet()) {
      String lane = entry.getKey();
      LaneReader reader = lanes.get(lane);
      if (reader == null) {
        LanePosition start = starts.getOrDefault(lane, LanePosition.START);
        LaneSegments segments = new LaneSegments(directory, stream, partition, lane);
        reader = new LaneReader(segments, decoder, batchRows, start);
        lanes.put(lane, reader);
        order.add(reader);
      }
      reader.limit(entry.getValue()[partition]);
    }
  }

  @Override
  public Map<String, LanePosition> position() {
    Map<String, LanePosition> positions = new HashMap<>(starts);
    lanes.forEach((lane, reader) -> positions.put(lane, reader.position()));
    positions.values().removeIf(LanePosition.START::equals);
    return positions;
  }

  @Override
  public void seek(Map<String, LanePosition> position) throws IOException {
    close();
    starts = Map.copyOf(position);
    seen = -1;
  }

  @Override
  public void close() throws IOException {
    for (LaneReader lane : order) {
      lane.close();
    }
    lanes.clear();
    order.clear();
    current = 0;
  }
}
