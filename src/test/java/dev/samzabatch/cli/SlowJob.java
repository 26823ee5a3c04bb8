package dev.samzabatch.cli;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A job that would run for hours over little input: each row of one input meets five thousand rows of another, and each
 * pair five thousand of the third. Even what a thousand rows give takes minutes.
 */
final class SlowJob {

  /** The same job over next to nothing. */
  static final String QUICK = """
      job = slow
      inputs { a { uri = "quick.csv", schema = "k long, v long" } }
      steps { counts { from = a, by = [k], aggregate = ["count(*) as n"] } }
      outputs { o { from = counts, uri = "out", format = json, mode = replace } }
      """;

  private static final String SLOW = """
      job = slow
      inputs {
        many { uri = "many.csv", schema = "k long, v long" }
        few { uri = "few.csv", schema = "k long, w long" }
        others { uri = "few.csv", schema = "k long, w long" }
      }
      steps {
        pairs { from = many, join = few, on = [k] }
        others2 { from = others, select = [k, "w as x"] }
        triples { from = pairs, join = others2, on = [k] }
        counts { from = triples, by = [w], aggregate = ["count(*) as n"] }
        total { sql = "select sum(n) as n from counts" }
      }
      outputs { o { from = total, uri = "out", format = json, mode = replace } }
      """;

  private SlowJob() {}

  /** Starts it in another process, and waits until it is in the midst of joining. */
  static ChildJvm start(Shell shell) throws IOException {
    return start(shell, "");
  }

  /** The same with more keys of the job. */
  static ChildJvm start(Shell shell, String more) throws IOException {
    shell.file("many.csv", rows("k,v", 200_000)).file("few.csv", rows("k,w", 5_000)).file("quick.csv", rows("k,v", 3));
    shell.file("slow.conf", SLOW + more);
    ChildJvm child = ChildJvm.start(shell, "run", shell.path("slow.conf").toString());
    try {
      child.await(".* stage [0-9]+ counts: started.*");
      return child;
    } catch (IOException e) {
      child.close();
      throw e;
    }
  }

  private static String rows(String header, int count) {
    return IntStream.range(0, count).mapToObj(i -> "1," + i).collect(Collectors.joining("\n", header + "\n", "\n"));
  }
}
