package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import java.util.Arrays;

/** A text each of whose characters knows where in a source file it was written. Immutable. */
final class MappedText {

  private final String text;
  private final SourceFile source;

  /** Offset in the source of each character, and one more: of the end. */
  private final int[] offsets;

  private MappedText(String text, SourceFile source, int[] offsets) {
    this.text = text;
    this.source = source;
    this.offsets = offsets;
  }

  /** A text of which only the start is known. */
  static MappedText at(String text, SourceFile source, int offset) {
    int[] offsets = new int[text.length() + 1];
    Arrays.fill(offsets, offset);
    return new MappedText(text, source, offsets);
  }

  String text() {
    return text;
  }

  SourceFile source() {
    return source;
  }

  int length() {
    return text.length();
  }

  /** The place of the character at {@code index}, of the end for anything behind it. */
  Place place(int index) {
    return source.place(offsets[clamp(index)]);
  }

  /** The part from {@code start} up to {@code end}. */
  MappedText part(int start, int end) {
    return new MappedText(text.substring(start, end), source, Arrays.copyOfRange(offsets, start, end + 1));
  }

  /** This text without blanks at its ends. */
  MappedText strip() {
    String left = text.stripLeading();
    int start = text.length() - left.length();
    return part(start, start + left.stripTrailing().length());
  }

  /** An error about the characters from {@code start} up to {@code end}. */
  Problem error(String code, int start, int end, String message, String hint) {
    int from = offsets[clamp(start)];
    int last = offsets[clamp(Math.max(start, end - 1))];
    return source.error(code, from, Math.max(from, last) + 1, message, hint);
  }

  /** An error about the whole text. */
  Problem error(String code, String message, String hint) {
    return error(code, 0, text.length(), message, hint);
  }

  private int clamp(int index) {
    return Math.max(0, Math.min(index, text.length()));
  }

  @Override
  public String toString() {
    return text;
  }

  /** Puts a text together from pieces; everything in it comes from one source. */
  static final class Builder {

    private final SourceFile source;
    private final StringBuilder text = new StringBuilder();
    private int[] offsets = new int[64];

    Builder(SourceFile source) {
      this.source = source;
    }

    Builder append(char c, int offset) {
      if (text.length() + 1 >= offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      }
      offsets[text.length()] = offset;
      text.append(c);
      return this;
    }

    Builder append(MappedText from, int index) {
      return append(from.text.charAt(index), from.offsets[index]);
    }

    /** Characters that all stand for the one at {@code index} of {@code from}. */
    Builder append(String spliced, MappedText from, int index) {
      spliced.chars().forEach(c -> append((char) c, from.offsets[index]));
      return this;
    }

    MappedText build(int endOffset) {
      offsets[text.length()] = endOffset;
      return new MappedText(text.toString(), source, Arrays.copyOf(offsets, text.length() + 1));
    }

    MappedText build(MappedText endOf) {
      return build(endOf.offsets[endOf.text.length()]);
    }
  }
}
