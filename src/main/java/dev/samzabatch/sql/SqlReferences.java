package dev.samzabatch.sql;

import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.SqlText;
import dev.samzabatch.job.StepSpec;
import dev.samzabatch.job.Verb;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds the inputs and steps that SQL steps name. */
public final class SqlReferences {

  private static final Pattern TABLE = Pattern.compile("(?i)(?:\\b(?:from|join)\\s|,)\\s*(?:\"([^\"]+)\"|(\\w+))");

  private SqlReferences() {}

  /**
   * For each step with SQL the inputs and steps of the job that it names; for a text that cannot be parsed, those it
   * seems to name.
   */
  public static Map<String, Set<String>> of(JobSpec job) {
    Map<String, Set<String>> references = new HashMap<>();
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(job.inputs().keySet());
    known.addAll(job.steps().keySet());
    for (StepSpec step : job.steps().values()) {
      if (step.verb() instanceof Verb.Sql sql) {
        Set<String> names = new HashSet<>();
        for (String name : names(sql.query(), known)) {
          resolve(name, job.inputs().keySet(), names);
          resolve(name, job.steps().keySet(), names);
        }
        references.put(step.name(), names);
      }
    }
    return references;
  }

  private static void resolve(String name, Set<String> known, Set<String> found) {
    if (known.contains(name)) {
      found.add(name);
    } else {
      known.stream().filter(name::equalsIgnoreCase).findFirst().ifPresent(found::add);
    }
  }

  /** Every name in a query that could be a table's. */
  private static Set<String> names(SqlText query, Set<String> known) {
    Set<String> names = new HashSet<>();
    try {
      String sql = ReservedWords.protect(query.text(),
          word -> known.contains(word) || ReservedWords.isOftenColumn(word));
      ReservedWords.restore(SqlParser.create(sql, FrontEnd.PARSER).parseQuery()).accept(new FromNames(names));
    } catch (SqlParseException e) {
      Matcher tables = TABLE.matcher(query.text());
      while (tables.find()) {
        names.add(tables.group(1) == null ? tables.group(2) : tables.group(1));
      }
    }
    return names;
  }

  /** Collects the names that stand where tables stand and that no WITH has defined. */
  private static final class FromNames extends SqlBasicVisitor<Void> {
    private final Set<String> names;
    private final Set<String> defined = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    FromNames(Set<String> names) {
      this.names = names;
    }

    @Override
    public Void visit(SqlCall call) {
      if (call instanceof SqlWith with) {
        return with(with);
      } else if (call instanceof SqlSelect select) {
        table(select.getFrom());
      } else if (call instanceof SqlJoin join) {
        table(join.getLeft());
        table(join.getRight());
      } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
        table(call.operand(0));
      }
      return super.visit(call);
    }

    /** A name is known from the definition behind its own on, up to the end of the query. */
    private Void with(SqlWith with) {
      Set<String> outer = Set.copyOf(defined);
      for (SqlNode node : with.withList) {
        SqlWithItem item = (SqlWithItem) node;
        item.query.accept(this);
        defined.add(item.name.getSimple());
      }
      with.body.accept(this);
      defined.retainAll(outer);
      return null;
    }

    private void table(SqlNode node) {
      if (node instanceof SqlIdentifier name && name.isSimple()) {
        if (!defined.contains(name.getSimple())) {
          names.add(name.getSimple());
        }
      } else if (node instanceof SqlCall call
          && (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.TABLE_REF)) {
        table(call.operand(0));
      }
    }
  }
}
