package dev.samzabatch.format;

import dev.samzabatch.data.ByteSink;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** Text in the making, as UTF-8 bytes: what a writer has not passed on yet. Not thread-safe. */
final class TextBuffer {

  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

  /** Digits of the largest long, and a sign. */
  private static final int LONG_BYTES = 20;

  private byte[] bytes;
  private int size;

  /** An empty buffer with room for this many bytes; it grows. */
  TextBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** How many bytes there are. */
  int size() {
    return size;
  }

  /** The array that holds the bytes, until more are added. */
  byte[] array() {
    return bytes;
  }

  /** Passes all bytes on, and is empty then. */
  void drainTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  /** The same to a sink. */
  void drainTo(ByteSink out) {
    out.put(bytes, 0, size);
    size = 0;
  }

  /** Takes the bytes from this size on away. */
  void cutTo(int newSize) {
    size = newSize;
  }

  /** Makes room for this many more bytes. */
  void reserve(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes,
          (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(2L * bytes.length, (long) size + count)));
    }
  }

  /** Adds an ASCII character. */
  void add(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  /** Adds bytes as they are. */
  void add(byte[] source, int start, int length) {
    reserve(length);
    System.arraycopy(source, start, bytes, size, length);
    size += length;
  }

  /** Adds text. */
  void add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8, 0, utf8.length);
  }

  /** Adds a number in decimal digits. */
  void addLong(long value) {
    if (value == Long.MIN_VALUE) {
      add(Long.toString(value));
      return;
    }
    reserve(LONG_BYTES);
    if (value < 0) {
      bytes[size++] = '-';
    }
    long rest = Math.abs(value);
    int digits = digits(rest);
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /** Adds a decimal number of the unscaled value with this many digits behind the point. */
  void addDecimal(long unscaled, int scale) {
    if (scale == 0) {
      addLong(unscaled);
      return;
    }
    if (unscaled < 0) {
      add('-');
    }
    long power = 1;
    for (int i = 0; i < scale; i++) {
      power *= 10;
    }
    long magnitude = Math.abs(unscaled);
    addLong(magnitude / power);
    add('.');
    addPadded(magnitude % power, scale);
  }

  /** The same for a large number. */
  void addDecimal(BigInteger unscaled, int scale) {
    add(new BigDecimal(unscaled, scale).toPlainString());
  }

  /** Adds the days since 1970-01-01 as {@code 2024-02-29}. */
  void addDate(long days) {
    LocalDate date = LocalDate.ofEpochDay(days);
    int year = date.getYear();
    if (year < 0 || year > 9999) {
      add(date.toString());
      return;
    }
    addPadded(year, 4);
    add('-');
    addPadded(date.getMonthValue(), 2);
    add('-');
    addPadded(date.getDayOfMonth(), 2);
  }

  /**
   * Adds the microseconds since midnight as {@code 23:59:58}, with three or six digits of a second if there are any.
   */
  void addTime(long micros) {
    long seconds = micros / MICROS_PER_SECOND;
    addPadded(seconds / 3600, 2);
    add(':');
    addPadded(seconds / 60 % 60, 2);
    add(':');
    addPadded(seconds % 60, 2);
    long fraction = micros % MICROS_PER_SECOND;
    if (fraction != 0) {
      add('.');
      addPadded(fraction % 1000 == 0 ? fraction / 1000 : fraction, fraction % 1000 == 0 ? 3 : 6);
    }
  }

  /**
   * Adds the microseconds since 1970 as {@code 2024-02-29T23:59:58}, with three or six digits of a second if there are
   * any.
   */
  void addTimestamp(long micros) {
    addDate(Math.floorDiv(micros, MICROS_PER_DAY));
    add('T');
    addTime(Math.floorMod(micros, MICROS_PER_DAY));
  }

  /** Adds a number with zeros before it, so that it has this many digits. */
  private void addPadded(long value, int digits) {
    reserve(digits);
    long rest = value;
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
