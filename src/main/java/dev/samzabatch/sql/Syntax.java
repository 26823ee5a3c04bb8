package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import dev.samzabatch.job.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Parses the texts of one step: whole queries, and the parts of queries that verbs are written with. What cannot be
 * parsed or is not supported goes to {@link #problems()}, and something harmless stands for it.
 */
final class Syntax {

  private static final Set<String> UNPARSED = Set.of("SB-2001", "SB-2002");

  private final StepTexts texts;
  private final Vocabulary vocabulary;
  private final List<Problem> problems = new ArrayList<>();

  Syntax(StepTexts texts, Vocabulary vocabulary) {
    this.texts = texts;
    this.vocabulary = vocabulary;
  }

  /** What is wrong with the texts so far. */
  List<Problem> problems() {
    return problems;
  }

  /** A whole query. */
  SqlNode query(SqlText text) {
    return parse(text, "", List.of()).map(this::supported).orElseGet(() -> Repairs.anything(SqlParserPos.ZERO));
  }

  /** A condition or value. */
  SqlNode expression(SqlText text) {
    Optional<SqlNode> parsed = parse(text, "SELECT ", List.of());
    if (parsed.isPresent() && parsed.get() instanceof SqlSelect select && isBare(select)
        && select.getSelectList().size() == 1 && select.getSelectList().get(0).getKind() != SqlKind.AS) {
      return supported(select.getSelectList().get(0));
    }
    parsed.ifPresent(other -> notThis(text, "one expression", "join conditions with and, or"));
    return SqlLiteral.createBoolean(true, SqlParserPos.ZERO);
  }

  /**
   * Columns or expressions with names, as between SELECT and FROM. A text that is the name of a column stands for that
   * column, also when it is no SQL name.
   */
  List<SqlNode> items(List<SqlText> items, Collection<String> columns) {
    List<SqlNode> nodes = new ArrayList<>();
    for (SqlText item : items) {
      if (columns.contains(item.text())) {
        nodes.add(name(item, item.text()));
        continue;
      }
      parse(item, "SELECT ", columns).ifPresent(parsed -> {
        if (parsed instanceof SqlSelect select && isBare(select)) {
          select.getSelectList().forEach(node -> nodes.add(supported(node)));
        } else {
          notThis(item, "a column or an expression",
              "write a column, or an expression and its name: price * 2 as twice");
        }
      });
    }
    return nodes;
  }

  /** What to order by. */
  List<SqlNode> order(List<SqlText> items, Collection<String> columns) {
    List<SqlNode> nodes = new ArrayList<>();
    for (SqlText item : items) {
      if (columns.contains(item.text())) {
        nodes.add(name(item, item.text()));
        continue;
      }
      parse(item, "SELECT 0 ORDER BY ", columns).ifPresent(parsed -> {
        if (parsed instanceof SqlOrderBy order && order.fetch == null && order.offset == null) {
          order.orderList.forEach(node -> nodes.add(supported(node)));
        } else {
          notThis(item, "something to order by", "write an expression, and perhaps desc and nulls first behind it");
        }
      });
    }
    return nodes;
  }

  /** A name, as it stands, that was written as this text. */
  SqlNode name(SqlText text, String... parts) {
    return new SqlIdentifier(List.of(parts), texts.position(text));
  }

  /** Whether all that is wrong is that texts cannot be parsed, so that the others can be looked at. */
  boolean onlyUnparsed() {
    return problems.stream().allMatch(problem -> UNPARSED.contains(problem.code()));
  }

  /** Takes note of something wrong that was found elsewhere. */
  void add(Problem problem) {
    problems.add(problem);
  }

  private static boolean isBare(SqlSelect select) {
    return select.getFrom() == null && select.getWhere() == null && select.getGroup() == null && !select.isDistinct();
  }

  private void notThis(SqlText text, String expected, String hint) {
    problems.add(text.error("SB-2002", "expected " + expected + ", found: " + text.text().strip(), hint));
  }

  private Optional<SqlNode> parse(SqlText text, String start, Collection<String> columns) {
    String sql = ReservedWords.protect(text.text(), name -> vocabulary.isName(name) || columns.contains(name));
    try {
      String laidOut = texts.layOut(start, text, sql);
      return Optional.of(ReservedWords.restore(SqlParser.create(laidOut, FrontEnd.PARSER).parseQuery()));
    } catch (SqlParseException e) {
      problems.add(SyntaxMessages.problem(e, text, texts, vocabulary));
      return Optional.empty();
    }
  }

  private <N extends SqlNode> N supported(N node) {
    node.accept(new Refusals(texts, problems));
    return node;
  }
}
