package dev.samzabatch.sql;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.job.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the columns of one relation by names that a job file gives; in exactly their case, or else in any. */
final class ColumnNames {

  private final String reader;
  private final String where;
  private final Schema schema;

  /**
   * Names for columns.
   *
   * @param reader who asks, for messages
   * @param relation whose columns they are, for messages
   */
  ColumnNames(String reader, String relation, Schema schema) {
    this.reader = reader;
    this.where = " in " + relation;
    this.schema = schema;
  }

  /** The indexes of these columns; empty when one is unknown, which is added to the problems. */
  Optional<List<Integer>> indexes(List<SqlText> names, List<Problem> problems) {
    List<Integer> found = new ArrayList<>();
    for (SqlText name : names) {
      index(plain(name.text())).ifPresentOrElse(found::add, () -> problems.add(unknown(plain(name.text()), name)));
    }
    return found.size() == names.size() ? Optional.of(found) : Optional.empty();
  }

  private static String plain(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
  }

  /** The index of a column: of exactly this name, or else of the only one with this name in another case. */
  Optional<Integer> index(String name) {
    int exact = schema.indexOf(name);
    if (exact >= 0) {
      return Optional.of(exact);
    }
    List<Integer> anyCase = IntStream.range(0, schema.size()).boxed()
        .filter(i -> schema.field(i).name().equalsIgnoreCase(name)).toList();
    return anyCase.size() == 1 ? Optional.of(anyCase.get(0)) : Optional.empty();
  }

  /** Says that there is no column of this name. */
  Problem unknown(String name, SqlText place) {
    String nearest = NearestName.hint(name, schema.names());
    String columns = "columns: " + Vocabulary.list(schema.names());
    return place.error("SB-2003", reader + ": no column " + name + where,
        nearest.isEmpty() ? columns : nearest + "\n" + columns);
  }
}
