package dev.samzabatch.chaos;

import dev.samzabatch.system.FaultPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random jobs. Every relation has the columns {@code k long, g string, v long}, so that every step fits behind every
 * other; joins are with one row a key, so that sizes stay small.
 */
final class RandomJobs {

  private static final int STEPS = 6;

  private RandomJobs() {}

  /**
   * A job, how it is run, and how it is broken.
   *
   * @param steps the queries of its steps, with {@code {l}} and {@code {r}} for relations before them
   * @param rows of its two inputs
   * @param run what its {@code run} says
   * @param batchRows how many rows a batch has
   * @param faults what is armed
   */
  record RandomJob(List<Query> steps, List<List<Row>> rows, String run, int batchRows, String faults) {

    /** The job file, with this in its {@code run}. */
    String text(String how) {
      StringBuilder text = new StringBuilder("job = chaos\ninputs {\n");
      for (int input = 0; input < rows.size(); input++) {
        text.append("  s").append(input).append(" { uri = \"in").append(input)
            .append(".csv\", schema = \"k long, g string, v long\" }\n");
      }
      text.append("}\nsteps {\n");
      for (int i = 0; i < steps.size(); i++) {
        text.append("  s").append(i + rows.size()).append(" { sql = \"").append(steps.get(i).text(i + rows.size()))
            .append("\" }\n");
      }
      int last = steps.size() + rows.size() - 1;
      text.append("}\noutputs {\n  last { from = s").append(last)
          .append(", uri = \"out/last\", format = json, mode = replace }\n  middle { from = s").append(1 + last / 2)
          .append(", uri = \"out/middle\", format = csv, header = false, mode = replace }\n}\nrun { ").append(how)
          .append(" }\n");
      return text.toString();
    }

    /** The file of an input. */
    String file(int input) {
      return rows.get(input).stream().map(r -> r.k() + "," + r.g() + "," + r.v() + "\n")
          .collect(Collectors.joining("", "k,g,v\n", ""));
    }

    @Override
    public String toString() {
      return text(run) + "batches of " + batchRows + ", faults " + faults + "\n" + file(0) + file(1);
    }
  }

  /** A row of an input. */
  record Row(long k, String g, long v) {}

  /** A query over relations that are chosen by two numbers. */
  record Query(String template, int left, int right) {
    String text(int before) {
      return template.replace("{l}", "s" + left % before).replace("{r}", "s" + right % before);
    }
  }

  static Arbitrary<RandomJob> jobs() {
    return Combinators.combine(queries().list().ofMinSize(1).ofMaxSize(STEPS), rows().list().ofSize(2), runs(),
        Arbitraries.of(1, 7, 64), faults()).as(RandomJob::new);
  }

  private static Arbitrary<Query> queries() {
    Arbitrary<String> templates = Arbitraries.of(
        "select k, g, v from {l} where mod(v, 3) <> 1",
        "select mod(k + 7, 50) as k, g, v * 2 as v from {l}",
        "select k, min(g) as g, sum(v) as v from {l} group by k",
        "select count(*) as k, g, max(v) as v from {l} group by g",
        "select count(distinct v) as k, g, sum(distinct v) as v from {l} group by g",
        "select count(distinct k) as k, min(g) as g, coalesce(sum(v), 0) as v from {l}",
        "select distinct k, g, v from {l}",
        "select l.k, r.g, l.v - r.v as v from {l} l join (select k, max(g) as g, min(v) as v from {r} group by k) r"
            + " on l.k = r.k",
        "select l.k, coalesce(r.g, 'none') as g, l.v from {l} l"
            + " left join (select k, max(g) as g from {r} group by k) r on l.v = r.k",
        "select k, g, v from {l} where k in (select v from {r})",
        "select k, g, v from {l} union all select k, g, v from {r}",
        "select k, g, v from {l} order by v desc, k, g limit 20");
    Arbitrary<Integer> choices = Arbitraries.integers().between(0, 1000);
    return Combinators.combine(templates, choices, choices).as(Query::new);
  }

  private static Arbitrary<List<Row>> rows() {
    Arbitrary<Long> keys = Arbitraries.longs().between(0, 40);
    Arbitrary<String> groups = Arbitraries.of("a", "b", "c", "a-rather-long-name-of-a-group");
    Arbitrary<Long> values = Arbitraries.longs().between(0, 1000);
    return Combinators.combine(keys, groups, values).as(Row::new).list().ofMaxSize(400);
  }

  private static Arbitrary<String> runs() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 4);
    return Combinators.combine(few, few, Arbitraries.of("memory", "rocksdb", "auto"))
        .as((containers, partitions, state) -> "containers = " + containers + ", partitions = " + partitions
            + ", state = " + state + ", memory = 2m, commit-every = 1ms, keep-runs = 0, retries = 5");
  }

  private static Arbitrary<String> faults() {
    Arbitrary<String> fault =
        Combinators.combine(Arbitraries.of(FaultPoint.class), Arbitraries.integers().between(1, 60))
            .as((point, time) -> point + ":throw:" + time);
    return fault.list().ofMaxSize(3).map(faults -> String.join(",", new ArrayList<>(faults)));
  }
}
