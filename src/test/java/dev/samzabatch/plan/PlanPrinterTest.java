package dev.samzabatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.SourceFile;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.Sink;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The texts are what people read, so they are compared as a whole. */
class PlanPrinterTest {

  private static final Schema VIEWS = Schema.of(
      Field.required("member", ScalarType.LONG), Field.required("page", ScalarType.STRING),
      Field.optional("ms", ScalarType.LONG));
  private static final Schema MEMBERS =
      Schema.of(Field.required("id", ScalarType.LONG), Field.required("name", ScalarType.STRING));

  private final PlannedInput views = new PlannedInput("views", VIEWS,
      List.of(split("views/a.csv", 0, 3_000_000), split("views/a.csv", 3_000_000, 6_000_000)), 6_000_000);
  private final PlannedInput members =
      new PlannedInput("members", MEMBERS, List.of(split("members.csv", 0, 2_000)), 2_000);

  private static FileSplit split(String name, long start, long end) {
    return new FileSplit(new NamedFile(name), start, end);
  }

  /** A file that is only named. */
  private record NamedFile(String name) implements SourceFile {
    @Override
    public long length() {
      return 6_000_000;
    }

    @Override
    public InputStream open(long offset) {
      return InputStream.nullInputStream();
    }
  }

  private static Expr.Column column(Schema schema, int index) {
    Field field = schema.field(index);
    return new Expr.Column(index, field.name(), field.type(), field.nullable());
  }

  private static Expr moreThan(Expr left, long right) {
    Expr literal = new Expr.Literal(ScalarType.LONG, right);
    return new Expr.Call(Function.GREATER, List.of(left, literal), ScalarType.BOOLEAN, left.nullable());
  }

  private static OperatorSpec longViews() {
    OperatorSpec scan = new OperatorSpec.Scan("views", List.of(0, 1, 2), VIEWS, Optional.empty());
    return new OperatorSpec.Filter("long_views", scan, moreThan(column(VIEWS, 2), 1000));
  }

  private static OperatorSpec counted() {
    AggregateCall count = new AggregateCall(
        AggregateFunction.COUNT, -1, ScalarType.LONG, false, -1, "views", ScalarType.LONG, false);
    Schema schema = Schema.of(VIEWS.field(0), Field.required("views", ScalarType.LONG));
    return new OperatorSpec.Aggregate(
        "counted", longViews(), List.of(0), List.of(count), schema, OptionalInt.empty());
  }

  private static OperatorSpec named() {
    OperatorSpec counted = counted();
    OperatorSpec scan = new OperatorSpec.Scan("members", List.of(0, 1), MEMBERS, Optional.empty());
    List<Field> fields = new ArrayList<>(counted.schema().fields());
    fields.addAll(MEMBERS.fields());
    return new OperatorSpec.Join("named", new OperatorSpec.JoinInputs(counted, scan), OperatorSpec.JoinType.INNER,
        List.of(0), List.of(0), Optional.empty(), new Schema(fields));
  }

  private PlanPrinter printer(OperatorSpec result) {
    OperatorGraph graph = new OperatorGraph(List.of(new Sink(Sink.Kind.OUTPUT, "out", result)));
    PlanOptions options = new PlanOptions(
        "job", "20260101-000000-00000000", 2, OptionalInt.empty(), PlanOptions.DEFAULT_PARTITION_BYTES,
        PlanOptions.DEFAULT_BROADCAST_BYTES, Map.of(), Set.of(), StreamingOptions.NONE);
    JobPlan plan = Planner.plan(graph, Map.of("views", views, "members", members), options);
    return new PlanPrinter(plan, List.of(views, members), Set.of("members"));
  }

  private static String withoutHash(String text) {
    return text.replaceFirst("hash [0-9a-f]{16}", "hash HASH");
  }

  @Test
  void textTellsStagesOperatorsStreamsAndContainers() {
    assertThat(withoutHash(printer(named()).text())).isEqualTo("""
        job job, run 20260101-000000-00000000, plan hash HASH
        3 stages, 5 tasks, 2 internal streams, 2 containers
        row by row, without state: long_views

        inputs
          views: 1 file, 5.7 MB, 2 splits
            schema: member long, page string, ms long null
          members: 1 file, 2.0 KB, 1 split
            schema (inferred): id long, name string

        stage 0 counted: 2 tasks (2 splits for 2 containers)
          counted     write job-counted-intermediate-20260101-000000-00000000
          counted       group (partial) by member: count(*) as views
          long_views      filter ms > 1000
          views             scan views: member, page, ms

        stage 1 members: 1 task (1 split for 2 containers)
          named    write job-named-intermediate-20260101-000000-00000000
          members    scan members: id, name

        stage 2 named: 2 tasks (one a partition of job-counted-intermediate-20260101-000000-00000000)
          out      write output out
          named      inner join on member = id; the right side is the table
          named        read job-named-intermediate-20260101-000000-00000000 (all of it in every task)
          counted      group (final) by member: views
          counted        read job-counted-intermediate-20260101-000000-00000000

        internal streams
          job-counted-intermediate-20260101-000000-00000000
            from stage 0 to stage 2, hash(k0_member), 2 partitions (about 1 MB for 2 containers), ends after 2 marks
            schema: k0_member long, s1_views long null
          job-named-intermediate-20260101-000000-00000000
            from stage 1 to stage 2, broadcast, 1 partition (about 0 MB, given to every task), ends after 1 mark
            schema: id long, name string

        changelogs
          job-counted.5.0-changelog-20260101-000000-00000000: operator 5, 64 partitions
          job-named.9.0-changelog-20260101-000000-00000000: operator 9, 66 partitions
          job-named.9.1-changelog-20260101-000000-00000000: operator 9, 64 partitions
          job-named.9.2-changelog-20260101-000000-00000000: operator 9, 2 partitions

        containers
          c0: counted.0-0, members.1-0, named.2-0
          c1: counted.0-1, named.2-1
        """);
  }

  @Test
  void whatFeedsSeveralIsShownOnce() {
    OperatorSpec shared = longViews();
    Schema schema = shared.schema();
    OperatorSpec both = new OperatorSpec.Union("both", List.of(shared, shared), schema);
    List<String> lines = printer(both).text().lines().map(String::strip).toList();
    assertThat(lines).containsSubsequence(
        "out         write output out",
        "both          union of 2",
        "long_views      #1 filter ms > 1000",
        "views             scan views: member, page, ms",
        "long_views      #1 as above");
  }

  @Test
  void jsonTellsTheSame() {
    Map<String, Object> plan = printer(named()).json();
    assertThat(plan).containsEntry("job", "job").containsEntry("run.id", "20260101-000000-00000000")
        .containsEntry("rowByRow", List.of("long_views"));
    assertThat((List<?>) plan.get("stages")).hasSize(3);
    assertThat(plan.get("streams").toString())
        .contains("job-counted-intermediate-20260101-000000-00000000", "endMarks=2");
    assertThat(plan.get("changelogs").toString())
        .contains("{name=job-counted.5.0-changelog-20260101-000000-00000000, operator=5, partitions=64}");
    assertThat(plan.get("inputs").toString()).contains("name=members", "inferred=true", "files=[members.csv]");
  }

  @Test
  void drawingsHaveABoxForEachStageAndAnArrowForEachEdge() {
    assertThat(printer(counted()).mermaid()).isEqualTo("""
        flowchart TD
          subgraph stage0["stage 0 counted, 2 tasks"]
            o0["views<br/>scan views: member, page, ms"]
            o1["long_views<br/>filter ms #gt; 1000"]
            o2["counted<br/>group (partial) by member: count(*) as views"]
          end
          subgraph stage1["stage 1 counted, 2 tasks"]
            o5["counted<br/>group (final) by member: views"]
            o6["out<br/>write output out"]
          end
          s0[("job-counted-intermediate-20260101-000000-00000000<br/>hash(k0_member), 2 partitions")]
          o0 --> o1
          o1 --> o2
          o2 --> s0
          s0 --> o5
          o5 --> o6
        """);
    assertThat(printer(counted()).dot()).isEqualTo(
        """
            digraph "job" {
              rankdir=LR;
              node [shape=box, fontname="sans-serif"];
              subgraph cluster_0 {
                label="stage 0 counted, 2 tasks";
                o0 [label="views\\nscan views: member, page, ms"];
                o1 [label="long_views\\nfilter ms > 1000"];
                o2 [label="counted\\ngroup (partial) by member: count(*) as views"];
              }
              subgraph cluster_1 {
                label="stage 1 counted, 2 tasks";
                o5 [label="counted\\ngroup (final) by member: views"];
                o6 [label="out\\nwrite output out"];
              }
              s0 [shape=cylinder, label="job-counted-intermediate-20260101-000000-00000000\\nhash(k0_member), 2 partitions"];
              o0 -> o1;
              o1 -> o2;
              o2 -> s0;
              s0 -> o5;
              o5 -> o6;
            }
            """);
  }

  @Test
  void labelsAreEscaped() {
    Expr odd = new Expr.Call(Function.EQUAL,
        List.of(column(VIEWS, 1), new Expr.Literal(ScalarType.STRING, "a\"b<#>\\")), ScalarType.BOOLEAN, false);
    OperatorSpec scan = new OperatorSpec.Scan("views", List.of(0, 1, 2), VIEWS, Optional.empty());
    PlanPrinter printer = printer(new OperatorSpec.Filter("odd", scan, odd));
    assertThat(printer.mermaid()).contains("filter page = 'a#quot;b#lt;#35;#gt;\\'\"]");
    assertThat(printer.dot()).contains("filter page = 'a\\\"b<#>\\\\'\"]");
  }
}
