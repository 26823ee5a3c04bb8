package dev.samzabatch.job;

import java.util.List;

/**
 * Where a key and its value stand.
 *
 * @param source the text they stand in
 * @param keyStart offset of the key; of the value for elements of lists
 * @param keyEnd offset behind the key
 * @param start offset of the value
 * @param end offset behind the value
 * @param pieces what the value is put together from
 */
record Scanned(SourceFile source, int keyStart, int keyEnd, int start, int end, List<Piece> pieces) {

  /** What stands between two offsets. */
  enum Kind {
    QUOTED,
    TRIPLE_QUOTED,
    UNQUOTED,
    BLANK,
    SUBSTITUTION,
    OBJECT,
    LIST;

    boolean isText() {
      return this == QUOTED || this == TRIPLE_QUOTED || this == UNQUOTED;
    }

    int closingQuotes() {
      return switch (this) {
        case QUOTED -> 1;
        case TRIPLE_QUOTED -> 3;
        case UNQUOTED, BLANK, SUBSTITUTION, OBJECT, LIST -> 0;
      };
    }

    boolean isBracket() {
      return this == OBJECT || this == LIST;
    }
  }

  /**
   * A piece of a value.
   *
   * @param text the path of a substitution, else empty
   */
  record Piece(Kind kind, int start, int end, String text) {}

  /** Whether the value is text only, so that its characters can be found in the source. */
  boolean isText() {
    return pieces.stream().allMatch(piece -> piece.kind.isText() || piece.kind == Kind.BLANK);
  }

  /** The characters of the value with their places; only for {@link #isText()}. */
  MappedText text() {
    MappedText.Builder out = new MappedText.Builder(source);
    for (Piece piece : pieces) {
      switch (piece.kind) {
        case QUOTED -> unescape(piece, out);
        case TRIPLE_QUOTED -> copy(piece.start + 3, piece.end - 3, out);
        case UNQUOTED, BLANK -> copy(piece.start, piece.end, out);
        case SUBSTITUTION, OBJECT, LIST -> throw new IllegalStateException("no text: " + piece);
      }
    }
    return out.build(end - pieces.get(pieces.size() - 1).kind.closingQuotes());
  }

  private void copy(int from, int to, MappedText.Builder out) {
    for (int i = from; i < to; i++) {
      out.append(source.text().charAt(i), i);
    }
  }

  private void unescape(Piece piece, MappedText.Builder out) {
    String text = source.text();
    int at = piece.start + 1;
    while (at < piece.end - 1) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c, at++);
      } else if (text.charAt(at + 1) == 'u') {
        out.append((char) Integer.parseInt(text, at + 2, at + 6, 16), at);
        at += 6;
      } else {
        out.append(escaped(text.charAt(at + 1)), at);
        at += 2;
      }
    }
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }
}
