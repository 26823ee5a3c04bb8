package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.Sink;
import dev.samzabatch.job.CheckSpec;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.job.StepSpec;
import dev.samzabatch.job.Verb;
import dev.samzabatch.sql.rewrite.Rewriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlNode;

/**
 * Turns a job into relations: every step becomes a query over inputs and other steps, every query a graph of operators.
 */
public final class SqlCompiler {

  private final JobSpec job;
  private final Map<String, Set<String>> sqlReferences;
  private final FrontEnd frontEnd = new FrontEnd();
  private final Vocabulary vocabulary = new Vocabulary();
  private final Map<String, OperatorSpec> relations = new LinkedHashMap<>();
  private final Map<String, Schema> stepSchemas = new LinkedHashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  private SqlCompiler(JobSpec job) {
    this.job = job;
    this.sqlReferences = SqlReferences.of(job);
  }

  /**
   * Compiles a job.
   *
   * @param inputSchemas all columns of each input, by the input's name
   * @throws UserException with everything that is wrong in any step; steps that read a wrong one are not looked at
   */
  public static CompiledJob compile(JobSpec job, Map<String, Schema> inputSchemas) {
    return new SqlCompiler(job).compile(inputSchemas);
  }

  private CompiledJob compile(Map<String, Schema> inputSchemas) {
    inputSchemas.forEach(this::addInput);
    for (StepSpec step : job.inOrder(sqlReferences)) {
      compile(step);
    }
    List<Sink> sinks = new ArrayList<>();
    for (OutputSpec output : job.outputs().values()) {
      relation(output.from().name())
          .ifPresent(rows -> sinks.add(new Sink(Sink.Kind.OUTPUT, output.name(), rows)));
    }
    for (CheckSpec check : job.checks().values()) {
      relation(check.on().name()).flatMap(rows -> figures(check, rows))
          .ifPresent(rows -> sinks.add(new Sink(Sink.Kind.CHECK, check.name(), rows)));
    }
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(job.unused(sqlReferences));
    all.sort(Comparator.comparing(Problem::place));
    if (all.stream().anyMatch(Problem::isError)) {
      throw new UserException(all);
    }
    OperatorGraph graph = Rewriter.rewrite(new OperatorGraph(sinks));
    all.addAll(EveryPair.warnings(graph, job));
    return new CompiledJob(graph, stepSchemas, List.copyOf(all));
  }

  private Optional<OperatorSpec> relation(String name) {
    return Optional.ofNullable(relations.get(name));
  }

  private void addInput(String name, Schema schema) {
    List<Integer> columns = IntStream.range(0, schema.size()).boxed().toList();
    add(name, new OperatorSpec.Scan(name, columns, schema, Optional.empty()));
  }

  private void add(String name, OperatorSpec rows) {
    relations.put(name, rows);
    vocabulary.add(name, rows.schema());
    addTable(name, rows);
  }

  private void addTable(String name, OperatorSpec rows) {
    frontEnd.catalog().add(name, new RelationTable(name, rows, frontEnd.types().rowType(rows.schema())));
  }

  private void compile(StepSpec step) {
    Set<String> reads = new LinkedHashSet<>();
    step.references().forEach(reference -> reads.add(reference.name()));
    reads.addAll(sqlReferences.getOrDefault(step.name(), Set.of()));
    if (reads.stream().anyMatch(failed::contains)) {
      failed.add(step.name());
      return;
    }
    Optional<OperatorSpec> rows = rows(step, reads);
    rows.ifPresentOrElse(spec -> {
      add(step.name(), spec);
      stepSchemas.put(step.name(), spec.schema());
    }, () -> failed.add(step.name()));
  }

  private Optional<OperatorSpec> rows(StepSpec step, Set<String> reads) {
    StepTexts texts = new StepTexts(step.place());
    Syntax syntax = new Syntax(texts, vocabulary);
    StepQuery writer = new StepQuery(step, syntax, vocabulary);
    SqlNode query = writer.query();
    StepCompiler compiler =
        new StepCompiler(frontEnd, step.name(), who(step), texts, new Messages(vocabulary, reads));
    Optional<OperatorSpec> rows = compile(syntax, compiler, query, step.partitions());
    if (rows.isPresent() && step.verb() instanceof Verb.Repartition repartition) {
      rows = moved(step, repartition, rows.get());
      if (rows.isPresent() && !step.select().isEmpty()) {
        String hidden = step.name() + " moved";
        addTable(hidden, rows.get());
        rows = compile(syntax, compiler, writer.selectFrom(hidden), step.partitions());
      }
    }
    problems.addAll(syntax.problems());
    problems.addAll(compiler.problems());
    return rows;
  }

  private static Optional<OperatorSpec> compile(
      Syntax syntax, StepCompiler compiler, SqlNode query, OptionalInt partitions) {
    if (syntax.problems().stream().noneMatch(Problem::isError)) {
      return compiler.compile(query, partitions);
    }
    if (syntax.onlyUnparsed()) {
      compiler.findUnknownNames(query);
    }
    return Optional.empty();
  }

  private static String who(StepSpec step) {
    return "step \"" + step.name() + "\"";
  }

  private Optional<OperatorSpec> moved(StepSpec step, Verb.Repartition repartition, OperatorSpec rows) {
    ColumnNames names = new ColumnNames(who(step), step.from().orElseThrow().name(), rows.schema());
    Optional<List<Integer>> keys = names.indexes(repartition.keys(), problems);
    return keys.map(indexes -> new OperatorSpec.Repartition(step.name(), rows, indexes, step.partitions()));
  }

  private Optional<OperatorSpec> figures(CheckSpec check, OperatorSpec rows) {
    CheckQuery query = new CheckQuery(check, rows, frontEnd, vocabulary);
    Optional<OperatorSpec> figures = query.figures();
    problems.addAll(query.problems());
    return figures;
  }
}
