package dev.samzabatch.expr;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Functions of strings for {@link NaiveEvaluator}, over arrays of code points and regular expressions. */
final class NaiveStrings {

  private NaiveStrings() {}

  static Object value(Function function, List<Object> args) {
    String first = (String) args.get(0);
    return switch (function) {
      case UPPER -> first.toUpperCase(Locale.ROOT);
      case LOWER -> first.toLowerCase(Locale.ROOT);
      case TRIM -> trim(first, (String) args.get(1), (String) args.get(2));
      case SUBSTRING -> substring(first, (Long) args.get(1), args.size() == 3 ? (Long) args.get(2) : Integer.MAX_VALUE);
      case POSITION -> position(first, (String) args.get(1), args.size() == 3 ? (Long) args.get(2) : 1);
      case REPLACE -> first.isEmpty() || "".equals(args.get(1)) ? first
          : first.replace((String) args.get(1), (String) args.get(2));
      case CONCAT -> args.stream().map(Object::toString).collect(Collectors.joining());
      case CHAR_LENGTH -> (int) first.codePoints().count();
      case LIKE -> like(first, (String) args.get(1), args.size() == 3 ? ((String) args.get(2)).codePointAt(0) : -1);
      default -> throw new IllegalArgumentException(function.label());
    };
  }

  private static String trim(String side, String characters, String text) {
    String set = characters.codePoints().mapToObj(c -> Pattern.quote(Character.toString(c)))
        .collect(Collectors.joining("|", "(", ")"));
    String result = text;
    if (characters.isEmpty()) {
      return result;
    }
    if (!side.equals("TRAILING")) {
      result = result.replaceFirst("^" + set + "+", "");
    }
    return side.equals("LEADING") ? result : result.replaceFirst(set + "+\\z", "");
  }

  private static String substring(String text, long from, long length) {
    if (length < 0) {
      throw new NaiveEvaluator.NoAnswer();
    }
    int[] characters = text.codePoints().toArray();
    BigInteger end = BigInteger.valueOf(from).add(BigInteger.valueOf(length));
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < characters.length; i++) {
      if (i + 1 >= from && (length == Integer.MAX_VALUE || end.compareTo(BigInteger.valueOf(i + 1)) > 0)) {
        result.appendCodePoint(characters[i]);
      }
    }
    return result.toString();
  }

  private static int position(String needle, String text, long from) {
    int[] characters = text.codePoints().toArray();
    if (from < 1 || from - 1 > characters.length) {
      return 0;
    }
    int begin = text.offsetByCodePoints(0, (int) from - 1);
    int found = text.indexOf(needle, begin);
    return found < 0 ? 0 : text.codePointCount(0, found) + 1;
  }

  private static boolean like(String text, String pattern, int escape) {
    StringBuilder regex = new StringBuilder();
    int[] characters = pattern.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      if (c == escape) {
        if (++i == characters.length) {
          throw new NaiveEvaluator.NoAnswer();
        }
        regex.append(Pattern.quote(Character.toString(characters[i])));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
