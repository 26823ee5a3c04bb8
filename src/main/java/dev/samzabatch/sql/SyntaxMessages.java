package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import dev.samzabatch.job.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Says what is wrong with a text that cannot be parsed. */
final class SyntaxMessages {

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern FOUND = Pattern.compile("(?s)Encountered \"(.*?)\" at line \\d+, column \\d+\\.");
  private static final Pattern NO_TOKEN = Pattern.compile("Lexical error.*Encountered: \"(.+?)\" \\(\\d+\\)");
  private static final Set<String> NEVER_MEANT = Set.of("?", "decimal", "measure");
  private static final Pattern NUMBERED = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
  private static final int MOST_EXPECTED = 3;

  private SyntaxMessages() {}

  static Problem problem(SqlParseException e, SqlText text, StepTexts texts, Vocabulary vocabulary) {
    SqlParserPos position = e.getPos();
    String said = ReservedWords.restore(unescaped(String.valueOf(e.getMessage())));
    Matcher found = FOUND.matcher(said);
    if (position == null || texts.at(position) != text) {
      return text.error("SB-2001", "this is no complete SQL: " + text.text().strip(),
          "something is missing or too much");
    }
    Matcher noToken = NO_TOKEN.matcher(said);
    if (noToken.find()) {
      return texts.error("SB-2001", position, "unexpected " + noToken.group(1),
          noToken.group(1).equals("`") ? "quote names with double quotes: \"page views\"" : "");
    } else if (!found.find()) {
      return texts.error("SB-2001", position, plain(said), "");
    }
    String word = found.group(1).strip();
    if (word.contains("<EOF>") || word.isEmpty()) {
      return text.error("SB-2001", Math.max(0, text.text().length() - 1), text.text().length(),
          "the SQL ends too early", expected(e));
    }
    String reserved = reservedColumn(text, texts, position, vocabulary);
    String hint = reserved.isEmpty()
        ? expected(e)
        : "\"" + reserved + "\" is a word of SQL: in double quotes it is a column";
    return texts.error("SB-2001", position, "unexpected " + quoted(word.split(" ")[0]), hint);
  }

  /** The message with the letters that Calcite writes as their numbers. */
  private static String unescaped(String message) {
    return NUMBERED.matcher(message).replaceAll(
        letter -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(letter.group(1), 16))));
  }

  private static String quoted(String word) {
    return word.contains("\"") ? word : "\"" + word + "\"";
  }

  private static String plain(String message) {
    return message.lines().findFirst().orElse("").replaceAll(" ?at line \\d+, column \\d+", "");
  }

  /** What could have stood there, if that is not too much to tell; else an empty string. */
  private static String expected(SqlParseException e) {
    Set<String> names = new TreeSet<>();
    for (String token : e.getExpectedTokenNames()) {
      String name = token.replace("\"", "").toLowerCase(Locale.ROOT);
      if (!NEVER_MEANT.contains(name)) {
        names.add(name);
      }
    }
    return names.isEmpty() || names.size() > MOST_EXPECTED ? "" : "expected " + String.join(" or ", names);
  }

  /** The word at or just before the place, when it is a column's name and reserved; else an empty string. */
  private static String reservedColumn(SqlText text, StepTexts texts, SqlParserPos position, Vocabulary vocabulary) {
    int offset = texts.offset(position);
    List<String> near = new ArrayList<>();
    Matcher words = WORD.matcher(text.text());
    while (words.find()) {
      if (words.start() <= offset && words.end() >= offset - 1 - blanksBefore(text.text(), offset)) {
        near.add(words.group());
      }
    }
    SqlAbstractParserImpl.Metadata metadata = SqlParser.create("", FrontEnd.PARSER).getMetadata();
    return near.stream()
        .filter(vocabulary::isColumn)
        .filter(word -> metadata.isReservedWord(word.toUpperCase(Locale.ROOT)))
        .findFirst().orElse("");
  }

  private static int blanksBefore(String text, int offset) {
    int blanks = 0;
    while (blanks < offset && Character.isWhitespace(text.charAt(offset - 1 - blanks))) {
      blanks++;
    }
    return blanks;
  }
}
