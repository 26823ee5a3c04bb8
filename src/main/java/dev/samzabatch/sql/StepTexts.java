package dev.samzabatch.sql;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.job.SqlText;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * All SQL texts of one step, laid out below each other so that a line number tells which text is meant: Calcite knows
 * only lines and columns.
 */
final class StepTexts {

  /** First line, 1-based, of each text. */
  private final TreeMap<Integer, SqlText> byLine = new TreeMap<>();

  private final Place place;
  private int nextLine = 2;

  /** The texts of what stands at this place, none yet. */
  StepTexts(Place place) {
    this.place = place;
  }

  /**
   * Takes a text in, and returns it with a start and moved to its lines, ready to be parsed.
   *
   * @param sql what is parsed for the text, character by character
   */
  String layOut(String start, SqlText text, String sql) {
    String flat = sql.replace('\r', ' ');
    byLine.put(nextLine, text);
    String laidOut = start + "\n".repeat(nextLine - 1) + flat;
    nextLine += 1 + (int) flat.chars().filter(c -> c == '\n').count();
    return laidOut;
  }

  /** The place, for Calcite, of the whole of a text that needs no parsing. */
  SqlParserPos position(SqlText text) {
    layOut("", text, text.text());
    int line = byLine.lastKey();
    return new SqlParserPos(line, 1, line, Math.max(1, text.text().length()));
  }

  /** An error about what Calcite knows by this position. */
  Problem error(String code, SqlParserPos position, String message, String hint) {
    Map.Entry<Integer, SqlText> entry = byLine.floorEntry(position.getLineNum());
    if (entry == null) {
      return Problem.error(code, place, message, hint);
    }
    SqlText text = entry.getValue();
    int first = entry.getKey() - 1;
    int start = text.offset(position.getLineNum() - first, position.getColumnNum());
    int end = text.offset(position.getEndLineNum() - first, position.getEndColumnNum()) + 1;
    return text.error(code, start, Math.max(end, start + 1), message, hint);
  }

  /** An error about all of it. */
  Problem error(String code, String message, String hint) {
    if (byLine.size() != 1) {
      return Problem.error(code, place, message, hint);
    }
    SqlText text = byLine.firstEntry().getValue();
    int start = text.text().length() - text.text().stripLeading().length();
    return text.error(code, start, text.text().stripTrailing().length(), message, hint);
  }

  /** Where some SQL first stands in one of the texts; a position in none when it does not. */
  SqlParserPos find(String sql) {
    for (Map.Entry<Integer, SqlText> entry : byLine.entrySet()) {
      String text = entry.getValue().text();
      int at = text.indexOf(sql);
      if (at >= 0) {
        int line = entry.getKey() + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        int column = at - text.lastIndexOf('\n', at - 1);
        return new SqlParserPos(line, column, line, column + sql.length() - 1);
      }
    }
    return SqlParserPos.ZERO;
  }

  /** The offset, within its text, of where a position starts; 0 when it is in none. */
  int offset(SqlParserPos position) {
    Map.Entry<Integer, SqlText> entry = byLine.floorEntry(position.getLineNum());
    return entry == null
        ? 0
        : entry.getValue().offset(position.getLineNum() - entry.getKey() + 1, position.getColumnNum());
  }

  /** The text that this position is in; null when it is in none. */
  SqlText at(SqlParserPos position) {
    Map.Entry<Integer, SqlText> entry = byLine.floorEntry(position.getLineNum());
    return entry == null ? null : entry.getValue();
  }
}
