package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Overrides;
import dev.samzabatch.job.StepSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compiles jobs over three inputs, whose steps a test gives. The step that is written out is named {@code out}. */
final class SqlJobs {

  static final String INPUTS =
      """
          job = test
          inputs {
            views   { uri = "views.json", schema = "id long, member_id long, page string, country string null, ts timestamp, seen date null, dwell int, price decimal(10,2), score double null, geo row<lat double, lon double null>, tags array<string>, props map<string, long null>" }
            members { uri = "members.json", schema = "member_id long, name string, tier string null, joined date" }
            deep    { uri = "deep.json", schema = "nested row<p map<string, long null>>, list array<map<string, long null>>" }
            days    { uri = "days.json", schema = "year int, day int, date date, count long, value double null, `order` string, `page views` long" }
          }
          outputs { out { from = out, uri = "out.json" } }
          """;

  private final Path file;

  SqlJobs(Path folder) {
    this.file = folder.resolve("job.conf");
  }

  JobSpec load(String rest) {
    try {
      Files.writeString(file, INPUTS + rest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JobLoader.load(new JobRequest(file, Overrides.NONE, "run", ZonedDateTime.parse("2026-11-22T15:30:00Z")));
  }

  CompiledJob compile(String rest) {
    return compile(load(rest));
  }

  /** The graph of a job with these steps, of which {@code out} does this with time. */
  String graph(String steps, Function<JobSpec, StepSpec.TimeSpec> times) {
    JobSpec job = load("steps {\n" + steps + "\n}");
    StepSpec.TimeSpec time = times.apply(job);
    Map<String, StepSpec> timed = new LinkedHashMap<>(job.steps());
    timed.computeIfPresent("out", (name, s) -> new StepSpec(
        name, s.place(), s.from(), s.filter(), s.verb(), s.select(), s.partitions(), s.state(), time));
    return GraphText.print(new OperatorGraph(compile(new JobSpec(job.name(), job.place(), job.mode(), job.params(),
        job.systems(), job.inputs(), timed, job.outputs(), job.checks(), job.run(), job.warnings())).graph().sinks()));
  }

  private static CompiledJob compile(JobSpec job) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    job.inputs().forEach((name, input) -> schemas.put(name, input.schema().orElseThrow()));
    return SqlCompiler.compile(job, schemas);
  }

  /** The graph of a job with these steps. */
  String graph(String steps) {
    return GraphText.print(new OperatorGraph(compile("steps {\n" + steps + "\n}").graph().sinks()));
  }

  /** The graph of a job whose only step is this query, which has no double quotes. */
  String query(String sql) {
    return graph("out { sql = \"\"\"" + sql + "\"\"\" }");
  }

  /** The columns of {@code out} of a job whose only step is this query. */
  String schema(String sql) {
    return compile("steps { out { sql = \"\"\"" + sql + "\"\"\" } }").stepSchemas().get("out").toString();
  }

  /** The errors of a job with these steps: line and column within the steps, code, message, hint. */
  String errors(String steps) {
    int linesBefore = (int) (INPUTS + "steps {\n").lines().count();
    try {
      compile("steps {\n" + steps + "\n}");
      return "no error";
    } catch (UserException e) {
      return e.problems().stream().filter(Problem::isError)
          .map(problem -> (problem.place().line() - linesBefore) + ":" + problem.place().column() + " "
              + problem.code() + " " + problem.message() + " | " + problem.hint().replace("\n", " | "))
          .collect(Collectors.joining("\n"));
    }
  }

  /** The errors of a job whose only step is this query; its first character has column 1. */
  String queryErrors(String sql) {
    return errors("out { sql = \"\"\"\n" + sql + "\"\"\" }").replaceAll("(?m)^2:", "");
  }
}
