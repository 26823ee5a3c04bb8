package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jobs over nothing, with one partition or many, and with more containers than tasks or fewer: all end with the right
 * rows.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OddShapesTest {

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
  }

  @ParameterizedTest(name = "{0} rows in {1} files, {2} partitions, {3} containers")
  @CsvSource({
      "0, 1, 1, 1", "0, 5, 64, 3", "1, 1, 64, 8", "7, 9, 1, 8", "1000, 1, 64, 1", "1000, 40, 64, 5", "1000, 3, 1, 1",
      "1000, 40, 1, 16"
  })
  void aJoinOfGroupsEndsWithTheRightRows(int rows, int files, int partitions, int containers) throws IOException {
    Map<Long, Long> counts = writeInput(rows, files);
    shell.file("names.csv", "k,name\n0,zero\n1,one\n2,two\n5,five\n");
    shell.runs("""
        job = odd
        inputs {
          a { uri = "in/*.json", schema = "k long, v long" }
          names { uri = "names.csv", schema = "k long, name string" }
        }
        steps {
          counts { from = a, by = [k], aggregate = ["count(*) as n"], partitions = %1$d }
          spread { from = a, partition-by = [v], partitions = %1$d }
          values { from = spread, distinct = true, select = [k] }
          joined { from = counts, left-join = names, on = [k], select = [k, n, name] }
        }
        outputs {
          joined { from = joined, uri = "joined", format = json }
          rows { from = values, uri = "rows", format = json }
        }
        run { containers = %2$d, partitions = %1$d }
        """.formatted(partitions, containers));
    assertThat(shell.rows("joined")).containsExactlyInAnyOrderElementsOf(joined(counts));
    assertThat(shell.rows("rows")).hasSize(rows);
  }

  @ParameterizedTest(name = "{0} partitions, {1} containers")
  @CsvSource({"1, 1", "64, 7"})
  void aSideOfAJoinMayBeEmpty(int partitions, int containers) throws IOException {
    shell.file("left.csv", "k,v\n1,a\n2,b\n").file("right.csv", "k,w\n");
    StringBuilder steps = new StringBuilder();
    StringBuilder outputs = new StringBuilder();
    List<String> joins = List.of("join", "left-join", "right-join", "full-join", "semi-join", "anti-join");
    for (String join : joins) {
      String name = join.replace("-", "_");
      steps.append(name).append(" { from = l, ").append(join).append(" = r, on = [k] }\n");
      outputs.append(name).append(" { from = ").append(name).append(", uri = \"").append(name)
          .append("\", format = csv }\n");
    }
    shell.runs("job = empty\ninputs {\n l { uri = \"left.csv\", schema = \"k long, v string\" }\n"
        + " r { uri = \"right.csv\", schema = \"k long, w string\" }\n}\nsteps {\n" + steps + "}\noutputs {\n" + outputs
        + "}\nrun { containers = " + containers + ", partitions = " + partitions + " }\n");
    assertThat(shell.rows("join")).doesNotContain("1,a,");
    assertThat(shell.rows("left_join")).contains("1,a,", "2,b,");
    assertThat(shell.rows("full_join")).contains("1,a,", "2,b,");
    assertThat(shell.rows("right_join")).noneMatch(row -> row.startsWith("1") || row.startsWith("2"));
    assertThat(shell.rows("semi_join")).noneMatch(row -> row.startsWith("1") || row.startsWith("2"));
    assertThat(shell.rows("anti_join")).contains("1,a", "2,b");
  }

  /** Writes rows over files, some of which may be empty, and counts them by key. */
  private Map<Long, Long> writeInput(int rows, int files) throws IOException {
    Map<Long, Long> counts = new TreeMap<>();
    List<StringBuilder> texts = new ArrayList<>();
    for (int file = 0; file < files; file++) {
      texts.add(new StringBuilder());
    }
    for (int row = 0; row < rows; row++) {
      long key = row % 7;
      texts.get(row % files).append("{\"k\":").append(key).append(",\"v\":").append(row).append("}\n");
      counts.merge(key, 1L, Long::sum);
    }
    for (int file = 0; file < files; file++) {
      shell.file("in/" + file + ".json", texts.get(file).toString());
    }
    return counts;
  }

  private static List<String> joined(Map<Long, Long> counts) {
    Map<Long, String> names = Map.of(0L, "zero", 1L, "one", 2L, "two", 5L, "five");
    List<String> rows = new ArrayList<>();
    counts.forEach((key, count) -> {
      String name = names.containsKey(key) ? "\"" + names.get(key) + "\"" : "null";
      rows.add("{\"k\":" + key + ",\"n\":" + count + ",\"name\":" + name + "}");
    });
    return rows;
  }
}
