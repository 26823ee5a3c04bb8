package dev.samzabatch.format;

import dev.samzabatch.data.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds line and column of offsets in a file by reading it from its start. Readers keep offsets only, since counting
 * lines would cost every row something that only a message needs. Columns are counted as editors do, without a byte
 * order mark.
 */
final class LinePlaces {

  private static final int BUFFER_BYTES = 64 << 10;

  private final String file;
  private final List<Long> offsets;
  private final List<Place> places = new ArrayList<>();
  private long line = 1;
  private long column = 1;

  private LinePlaces(String file, List<Long> offsets) {
    this.file = file;
    this.offsets = offsets;
  }

  /** The place of this offset, counted in decompressed bytes. */
  static Place of(SourceFile file, long offset) throws IOException {
    return of(file, List.of(offset)).get(0);
  }

  /** The places of these offsets, which ascend; an offset behind the end of the file is the place of its end. */
  static List<Place> of(SourceFile file, List<Long> offsets) throws IOException {
    LinePlaces found = new LinePlaces(file.name(), offsets);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (SplitStream in = SplitStream.open(file, 0)) {
      long base = 0;
      int length = in.readNBytes(buffer, 0, buffer.length);
      int from = Utf8.markLength(buffer, length);
      while (length > 0 && found.places.size() < offsets.size()) {
        found.pass(buffer, from, length, base);
        base += length;
        from = 0;
        length = in.readNBytes(buffer, 0, buffer.length);
      }
    }
    found.note(Long.MAX_VALUE);
    return found.places;
  }

  private void pass(byte[] buffer, int from, int length, long base) {
    for (int at = from; at < length; at++) {
      note(base + at);
      if (buffer[at] == '\n') {
        line++;
        column = 1;
      } else {
        column += utf16Units(buffer[at]);
      }
    }
  }

  /** Notes the place of all offsets up to this one, which lies at the present line and column. */
  private void note(long offset) {
    while (places.size() < offsets.size() && offsets.get(places.size()) <= offset) {
      places.add(new Place(file, clamped(line), clamped(column)));
    }
  }

  /** How many chars the UTF-8 sequence has that starts with this byte; 0 when the byte goes on with one. */
  private static int utf16Units(byte b) {
    if ((b & 0xc0) == 0x80) {
      return 0;
    }
    return (b & 0xf8) == 0xf0 ? 2 : 1;
  }

  private static int clamped(long number) {
    return (int) Math.min(Integer.MAX_VALUE, number);
  }
}
