package dev.samzabatch.job;

import dev.samzabatch.data.NearestName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the texts of scalars into typed values; what is no such value is noted, and empty comes back. */
final class Scalars {

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,12}) ?(?:([kmgt])(?:i?b)?|b)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d|seconds?|minutes?|hours?|days?)");
  private static final Pattern FRACTION = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?(%?)");
  private static final List<String> TRUE = List.of("true", "yes", "on");
  private static final List<String> FALSE = List.of("false", "no", "off");

  private Scalars() {}

  static Optional<Boolean> bool(Node node) {
    Optional<String> text = text(node, "true or false");
    if (text.isPresent() && !TRUE.contains(text.get()) && !FALSE.contains(text.get())) {
      return invalid(node, "true or false", text.get());
    }
    return text.map(TRUE::contains);
  }

  /** A whole number from {@code least} to {@code most}. */
  static Optional<Integer> integer(Node node, int least, int most) {
    return longInteger(node, least, most).map(Math::toIntExact);
  }

  /** A whole number from {@code least} to {@code most}. */
  static Optional<Long> longInteger(Node node, long least, long most) {
    String expected = "a whole number from " + least + (most == Long.MAX_VALUE ? " up" : " to " + most);
    Optional<String> text = text(node, expected);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      return invalid(node, expected, text.get());
    }
    return invalid(node, expected, text.get());
  }

  /** A number of bytes, at least 1. */
  static Optional<Long> size(Node node) {
    String expected = "a size like 512m or 2g";
    Optional<String> text = text(node, expected);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = SIZE.matcher(text.get());
    if (!matcher.matches()) {
      return invalid(node, expected, text.get());
    }
    int power = matcher.group(2) == null ? 0 : 1 + "kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT));
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << 10 * power));
    boolean fits = bytes.signum() > 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits ? Optional.of(bytes.longValueExact()) : invalid(node, expected, text.get());
  }

  /** A time span longer than nothing. */
  static Optional<Duration> duration(Node node) {
    String expected = "a time like 60s, 5m or 2h";
    Optional<String> text = text(node, expected);
    Optional<Duration> found = text.flatMap(Scalars::duration).filter(duration -> !duration.isZero());
    return text.isPresent() && found.isEmpty() ? invalid(node, expected, text.get()) : found;
  }

  /** The time span that a text stands for, also 0s; empty when it stands for none. */
  static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    if (matcher.group(2).equals("ms")) {
      return Optional.of(Duration.ofMillis(count));
    }
    return Optional.of(switch (matcher.group(2).charAt(0)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    });
  }

  /** A share from 0 to 1, written like {@code 99%} or {@code 0.99}. */
  static Optional<BigDecimal> fraction(Node node) {
    String expected = "a share like 99% or 0.99";
    Optional<String> text = text(node, expected);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = FRACTION.matcher(text.get());
    if (!matcher.matches()) {
      return invalid(node, expected, text.get());
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    BigDecimal share = matcher.group(2).isEmpty() ? number : number.movePointLeft(2);
    return share.compareTo(BigDecimal.ONE) <= 0 ? Optional.of(share) : invalid(node, expected, text.get());
  }

  /** One character. */
  static Optional<Character> character(Node node) {
    Optional<String> text = node.text("one character").map(MappedText::text);
    if (text.isPresent() && (text.get().length() != 1 || "\n\r".contains(text.get()) || text.get().charAt(0) > 126)) {
      return invalid(node, "one ASCII character, no line end", text.get());
    }
    return text.map(found -> found.charAt(0));
  }

  /** One of the constants of an enum, written small and with dashes. */
  static <E extends Enum<E>> Optional<E> oneOf(Node node, Class<E> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Scalars::word).toList();
    return oneOf(node, words).map(word -> type.getEnumConstants()[words.indexOf(word)]);
  }

  /** One of these words. */
  static Optional<String> oneOf(Node node, List<String> words) {
    Optional<String> text = text(node, "one of " + String.join(", ", words));
    if (text.isPresent() && !words.contains(text.get())) {
      node.error("SB-1023", node.path() + ": expected " + alternatives(words) + ", found \"" + text.get() + "\"",
          NearestName.hint(text.get(), words));
      return Optional.empty();
    }
    return text;
  }

  /** How a constant is written in a job file. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code a, b or c}. */
  static String alternatives(List<String> words) {
    int last = words.size() - 1;
    return last < 1 ? String.join("", words) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static Optional<String> text(Node node, String expected) {
    return node.text(expected).map(text -> text.text().strip());
  }

  private static <T> Optional<T> invalid(Node node, String expected, String found) {
    node.error("SB-1024", node.path() + ": expected " + expected + ", found \"" + found + "\"", "");
    return Optional.empty();
  }
}
