package dev.samzabatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.system.FaultPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Jobs that are broken at every point, by an exception or by the death of the process, and restarted or resumed: what
 * they publish is what they publish undisturbed, and nothing is left behind.
 *
 * <p>
 * A sample of all cases, chosen by the seed that is printed; all of them with {@code -Dchaos.cases=all}, as the profile
 * {@code chaos} of the build says. A seed is run again with {@code -Dchaos.seed=N}.
 */
class ChaosTest {

  private static final int THROWN = 50;
  private static final int KILLED = 16;
  private static final int PROCESSES = 2;

  private static final boolean ALL = System.getProperty("chaos.cases", "sample").equals("all");
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() & 0xFFFF_FFFFL);

  private static ChaosBench bench;

  @BeforeAll
  static void openBench() throws IOException {
    bench = new ChaosBench();
  }

  @AfterAll
  static void closeBench() throws IOException {
    bench.close();
  }

  /** All cases of a kind, each with a time that is chosen by the seed; or some of them. */
  private static List<ChaosCase> cases(boolean halt, int sample) {
    Random random = new Random(SEED);
    List<ChaosCase> cases = new ArrayList<>();
    for (ChaosJob job : ChaosJob.values()) {
      for (FaultPoint point : FaultPoint.values()) {
        int times = bench.times(job, point);
        if (times > 0) {
          int before = rather(bench.times(job, ChaosCase.breaking(point)), random);
          cases.add(new ChaosCase(job, point, halt, rather(times, random), before));
        }
      }
    }
    Collections.shuffle(cases, random);
    return ALL ? cases : cases.subList(0, Math.min(sample, cases.size()));
  }

  /** A number up to {@code most}, rather a small one, since not every run comes that far. */
  private static int rather(int most, Random random) {
    return 1 + (int) (Math.max(0, most - 1) * Math.pow(random.nextDouble(), 2));
  }

  @Test
  void everyPointIsReachedByAJob() {
    List<FaultPoint> never =
        Stream.of(FaultPoint.values()).filter(p -> Stream.of(ChaosJob.values()).allMatch(j -> bench.times(j, p) == 0))
            .toList();
    for (ChaosJob job : ChaosJob.values()) {
      List<FaultPoint> without = Stream.of(FaultPoint.values()).filter(p -> bench.times(job, p) == 0).toList();
      System.out.println("chaos: " + job + " does not reach " + without);
    }
    assertThat(never).as("points in Kafka only").containsExactly(FaultPoint.BUS_COMMIT, FaultPoint.BUS_COMMITTED);
  }

  @Test
  void whateverIsThrownTheResultIsThere() {
    List<ChaosCase> cases = cases(false, THROWN);
    assertThat(broken(cases, "exceptions")).isEmpty();
  }

  @Test
  void whereverTheProcessDiesTheResultIsThere() throws InterruptedException {
    List<ChaosCase> cases = cases(true, KILLED);
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int process = 0; process < PROCESSES; process++) {
      int first = process;
      List<ChaosCase> share = Stream.iterate(first, i -> i < cases.size(), i -> i + PROCESSES).map(cases::get).toList();
      threads.add(new Thread(() -> wrong.addAll(broken(share, "deaths of the process"))));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aJobMayBeKilledAgainAndAgain() throws IOException, InterruptedException {
    Random random = new Random(SEED);
    List<FaultPoint> points = List.of(FaultPoint.values());
    for (ChaosJob job : ALL ? List.of(ChaosJob.values()) : List.of(ChaosJob.values()[random.nextInt(6)])) {
      List<String> deaths = new ArrayList<>();
      for (int death = 0; death < 5; death++) {
        // Every process dies at a commit that comes soon, unless it dies at some other point before.
        String early = FaultPoint.COMMIT_PUBLISHED + ":halt:" + (1 + random.nextInt(8));
        deaths.add(early + "," + points.get(random.nextInt(points.size())) + ":halt:" + (1 + random.nextInt(9)));
      }
      System.out.println("chaos: seed " + SEED + ", " + job + " killed again and again: " + deaths);
      bench.survives(job, deaths);
    }
  }

  /** Runs the cases and gives what went wrong. */
  private static List<String> broken(List<ChaosCase> cases, String kind) {
    List<String> wrong = new ArrayList<>();
    int reached = 0;
    for (ChaosCase one : cases) {
      try {
        reached += bench.survives(one) ? 1 : 0;
      } catch (IOException | InterruptedException | RuntimeException e) {
        wrong.add(one + ": " + e);
      }
    }
    System.out.println("chaos: seed " + SEED + ", " + cases.size() + " cases of " + kind + ", " + reached
        + " of them reached their point, " + wrong.size() + " went wrong");
    if (2 * reached < cases.size()) {
      wrong.add("only " + reached + " of " + cases.size() + " cases of " + kind + " reached their point");
    }
    return wrong;
  }
}
