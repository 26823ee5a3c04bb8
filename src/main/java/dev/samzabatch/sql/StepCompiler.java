package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.sql.FrontEnd.Converted;
import dev.samzabatch.sql.rewrite.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Turns the query of one step, or of one check, into operators, or into problems. */
final class StepCompiler {

  /** Codes of unknown names, which stay true whatever else is wrong. */
  private static final Set<String> NAMES = Set.of("SB-2003", "SB-2004", "SB-2005", "SB-2007");

  private static final int MOST_PROBLEMS = 20;

  private final FrontEnd frontEnd;
  private final String name;
  private final String who;
  private final StepTexts texts;
  private final Messages messages;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Compiles for somebody.
   *
   * @param name name of the step or check, for the operators
   * @param who the step or check, for messages
   */
  StepCompiler(FrontEnd frontEnd, String name, String who, StepTexts texts, Messages messages) {
    this.frontEnd = frontEnd;
    this.name = name;
    this.who = who;
    this.texts = texts;
    this.messages = messages;
  }

  List<Problem> problems() {
    return problems;
  }

  /** The operator that gives the rows of a query; empty when there are problems. */
  Optional<OperatorSpec> compile(SqlNode query, OptionalInt partitions) {
    Repairs repairs = new Repairs();
    Optional<OperatorSpec> rows = attempt(repairs.repair(query), partitions, repairs);
    if (rows.isEmpty()) {
      findUnknownNames(query, repairs);
    }
    return rows;
  }

  /** Looks for unknown names in a query of which other things are known to be wrong. */
  void findUnknownNames(SqlNode query) {
    findUnknownNames(query, new Repairs());
  }

  private void findUnknownNames(SqlNode query, Repairs repairs) {
    int mistakes = -1;
    SqlNode repaired = repairs.repair(query);
    while (repairs.areComplete() && repairs.size() > mistakes && mistakes < MOST_PROBLEMS) {
      mistakes = repairs.size();
      int before = problems.size();
      attempt(repaired, OptionalInt.empty(), repairs);
      problems.subList(before, problems.size()).removeIf(problem -> !NAMES.contains(problem.code()));
      repaired = repairs.repair(query);
    }
  }

  private Optional<OperatorSpec> attempt(SqlNode query, OptionalInt partitions, Repairs repairs) {
    try {
      Converted converted = frontEnd.convert(query);
      if (!namesAreGood(converted)) {
        return Optional.empty();
      }
      OperatorSpec rows = asSelected(new Relations(name, partitions).convert(converted.root().rel), converted);
      KernelCheck.check(name, rows);
      return Optional.of(rows);
    } catch (CalciteContextException e) {
      SqlParserPos position =
          new SqlParserPos(e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn());
      Throwable cause = e.getCause() == null ? e : e.getCause();
      add(messages.of(String.valueOf(cause.getMessage())), position);
      repairs.add(position);
    } catch (UnsupportedSqlException e) {
      problems.add(texts.error("SB-2013", who + ": " + e.getMessage() + " is not supported", e.hint()));
    } catch (WrongConstantException e) {
      problems.add(wrongConstant(e));
    } catch (CalciteException e) {
      add(messages.of(String.valueOf(e.getMessage())), SqlParserPos.ZERO);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      // Calcite's own checks of queries that it did not foresee end in all of these.
      problems.add(texts.error("SB-2012", who + ": this query is beyond what can be planned ("
          + e.getClass().getSimpleName() + ")", "write it as several simpler steps"));
    }
    return Optional.empty();
  }

  private Problem wrongConstant(WrongConstantException e) {
    SqlParserPos position = texts.find(e.constant());
    String message = who + ": " + e.getMessage();
    return position.equals(SqlParserPos.ZERO)
        ? texts.error("SB-2008", message, e.hint())
        : texts.error("SB-2008", position, message, e.hint());
  }

  private void add(Messages.Said said, SqlParserPos position) {
    problems.add(texts.error(said.code(), position, who + ": " + said.message(), said.hint()));
  }

  private boolean namesAreGood(Converted converted) {
    int before = problems.size();
    Set<String> seen = new HashSet<>();
    int column = 0;
    for (String columnName : converted.names()) {
      column++;
      if (columnName.startsWith("EXPR$")) {
        problems.add(texts.error("SB-2011", who + ": column " + column + " has no name",
            "write a name behind it: ... as total"));
      } else if (!seen.add(columnName)) {
        problems.add(twice(columnName));
      }
    }
    converted.renamed().forEach(columnName -> problems.add(twice(columnName)));
    return problems.size() == before;
  }

  private Problem twice(String columnName) {
    return texts.error("SB-2006", who + ": two columns are named " + columnName,
        "name one of them otherwise: " + columnName + " as other_" + columnName);
  }

  /** The columns of the query, without those that it only orders by, under their names. */
  private OperatorSpec asSelected(OperatorSpec rows, Converted converted) {
    List<Expr> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Collection<Map.Entry<Integer, String>> fields = converted.root().fields;
    boolean same = fields.size() == rows.schema().size();
    for (Map.Entry<Integer, String> field : fields) {
      same &= field.getKey() == columns.size()
          && field.getValue().equals(rows.schema().field(field.getKey()).name());
      columns.add(Columns.of(rows.schema(), field.getKey()));
      names.add(field.getValue());
    }
    if (same) {
      return rows;
    }
    Schema schema = Columns.schema(names, columns);
    return new OperatorSpec.Project(name, rows, columns, schema);
  }
}
