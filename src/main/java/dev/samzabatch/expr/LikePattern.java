package dev.samzabatch.expr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of LIKE as the pieces between its percent signs. The first piece stands at the start, the last at the end,
 * and each of the others at the first place where it fits after the one before: no other choice could succeed where
 * this one fails, so nothing is tried twice.
 */
final class LikePattern {

  /** As the escape: there is none. */
  static final int NO_ESCAPE = -1;

  /** In a piece: any one character; all else are bytes. */
  private static final int ANY = 256;

  private final int[][] pieces;
  private final byte[] literal;

  private LikePattern(int[][] pieces) {
    this.pieces = pieces;
    this.literal = pieces.length == 3 && pieces[0].length == 0 && pieces[2].length == 0 ? bytes(pieces[1]) : null;
  }

  /** The bytes of a piece, or null when it has wildcards. */
  private static byte[] bytes(int[] piece) {
    byte[] bytes = new byte[piece.length];
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == ANY) {
        return null;
      }
      bytes[i] = (byte) piece[i];
    }
    return bytes;
  }

  /** Reads a pattern; the character after the escape stands for itself. */
  static LikePattern of(String text, int escape) {
    List<int[]> pieces = new ArrayList<>();
    List<Integer> piece = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      if (character == escape) {
        if (at == text.length()) {
          throw new EvaluationException("the pattern '" + text + "' of LIKE ends with its escape character");
        }
        character = text.codePointAt(at);
        at += Character.charCount(character);
        append(character, piece);
      } else if (character == '%') {
        pieces.add(toArray(piece));
        piece.clear();
      } else if (character == '_') {
        piece.add(ANY);
      } else {
        append(character, piece);
      }
    }
    pieces.add(toArray(piece));
    return new LikePattern(pieces.toArray(new int[0][]));
  }

  private static void append(int character, List<Integer> piece) {
    for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      piece.add(b & 0xFF);
    }
  }

  private static int[] toArray(List<Integer> piece) {
    return piece.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether all of the text matches. */
  boolean matches(byte[] data, int start, int length) {
    int end = start + length;
    if (literal != null) {
      return Strings.find(literal, 0, literal.length, data, start, end) >= 0;
    }
    int at = matchFrom(pieces[0], data, start, end);
    if (at < 0 || pieces.length == 1) {
      return at == end;
    }
    int last = matchBack(pieces[pieces.length - 1], data, at, end);
    for (int i = 1; last >= 0 && i < pieces.length - 1; i++) {
      at = find(pieces[i], data, at, last);
      if (at < 0) {
        return false;
      }
    }
    return last >= 0;
  }

  /** Where the piece ends when it begins at the place; -1 when it does not fit there. */
  private static int matchFrom(int[] piece, byte[] data, int start, int end) {
    int at = start;
    for (int element : piece) {
      if (at >= end || element != ANY && element != (data[at] & 0xFF)) {
        return -1;
      }
      at = element == ANY ? Utf8.next(data, at, end) : at + 1;
    }
    return at;
  }

  /** Where the piece begins when it ends at the end; -1 when it does not fit there. */
  private static int matchBack(int[] piece, byte[] data, int start, int end) {
    int at = end;
    for (int i = piece.length - 1; i >= 0; i--) {
      if (at <= start || piece[i] != ANY && piece[i] != (data[at - 1] & 0xFF)) {
        return -1;
      }
      at = piece[i] == ANY ? Utf8.previous(data, start, at) : at - 1;
    }
    return at;
  }

  /** Where the piece ends at the first place where it fits; -1 when it fits nowhere. */
  private static int find(int[] piece, byte[] data, int start, int end) {
    for (int at = start; at <= end; at++) {
      boolean boundary = at == end || !Utf8.continues(data[at]);
      int match = boundary ? matchFrom(piece, data, at, end) : -1;
      if (match >= 0) {
        return match;
      }
    }
    return -1;
  }
}
