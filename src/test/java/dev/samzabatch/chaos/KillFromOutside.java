package dev.samzabatch.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Runs a job with the program as people start it, kills it with SIGKILL at random times, resumes it until it is done,
 * and does so again and again. Arguments, each one word:
 *
 * <pre>
 * COMMAND JOBFILE STATE-DIR OUT KILLS SEED [options of run, such as --param a=b --set run.commit-every=200ms]
 * </pre>
 *
 * First the job is run undisturbed: the checksum of what it publishes in OUT must come out every time, and the time it
 * takes is what the time lost is counted from: for every kill, how much longer all processes together have lived.
 */
public final class KillFromOutside {

  private static final int KILLED = 137;
  private static final int MOST_RESUMES = 20;

  private final String command;
  private final String job;
  private final Path state;
  private final Path output;
  private final Random random;
  private final List<String> options;
  private final Path log;

  private Checksum expected;
  private double undisturbed;
  private int kills;
  private int resumesKilled;

  private KillFromOutside(String... args) throws IOException {
    command = args[0];
    job = args[1];
    state = Path.of(args[2]);
    output = Path.of(args[3]);
    random = new Random(Long.parseLong(args[5]));
    options = Arrays.asList(args).subList(6, args.length);
    log = Files.createTempFile("killed", ".log");
  }

  /** See the class comment. */
  public static void main(String... args) throws IOException, InterruptedException {
    if (args.length < 6) {
      throw new IllegalArgumentException("say: COMMAND JOBFILE STATE-DIR OUT KILLS SEED [options of run]");
    }
    new KillFromOutside(args).killAll(Integer.parseInt(args[4]));
  }

  private void killAll(int wanted) throws IOException, InterruptedException {
    measure();
    double mostLost = 0;
    double allLost = 0;
    int runs = 0;
    while (kills < wanted) {
      int before = kills;
      double lived = killed(wanted);
      runs++;
      check();
      if (kills > before) {
        double lost = (lived - undisturbed) / (kills - before);
        mostLost = Math.max(mostLost, lost);
        allLost += lived - undisturbed;
        System.out.printf("run %d: killed %d times, %.2f s lost for each%n", runs, kills - before, lost);
      }
    }
    System.out.printf("%d kills (%d of them of a resume) in %d runs, checksum right every time: %s%n", kills,
        resumesKilled, runs, expected);
    System.out.printf("undisturbed %.2f s; lost for each kill: %.2f s in the mean, %.2f s in the worst run%n",
        undisturbed, allLost / kills, mostLost);
    Files.delete(log);
  }

  /** Runs undisturbed, twice, since the first time files are read from disk. */
  private void measure() throws IOException, InterruptedException {
    for (int time = 0; time < 2; time++) {
      long start = System.nanoTime();
      if (start(run()).waitFor() != 0) {
        throw new IllegalStateException("the job fails undisturbed:\n" + Files.readString(log));
      }
      undisturbed = seconds(start);
    }
    expected = Checksum.of(output);
    System.out.printf("undisturbed: %.2f s, %s%n", undisturbed, expected);
  }

  private void check() throws IOException {
    Checksum found = Checksum.of(output);
    if (!found.equals(expected)) {
      throw new IllegalStateException("published " + found + " instead of " + expected);
    }
  }

  /**
   * One run of the job, killed at least once when it lives long enough, to its end; gives how long its processes lived.
   */
  private double killed(int wanted) throws IOException, InterruptedException {
    double lived = 0;
    List<String> next = run();
    for (int resumes = 0; resumes < MOST_RESUMES; resumes++) {
      boolean kill = kills < wanted && (resumes == 0 || random.nextInt(3) == 0);
      long start = System.nanoTime();
      Process process = start(next);
      if (kill && !process.waitFor((long) (random.nextDouble() * undisturbed * 1000), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      int exit = process.waitFor();
      lived += seconds(start);
      if (exit == 0) {
        return lived;
      }
      if (exit != KILLED && Files.readString(log).contains("died before it had begun")) {
        next = run();
        continue;
      }
      if (exit != KILLED) {
        throw new IllegalStateException(next + " ended with " + exit + ":\n" + Files.readString(log));
      }
      kills++;
      resumesKilled += resumes > 0 ? 1 : 0;
      next = hasBegun() ? List.of(command, "resume", "--last", "--state-dir", state.toString()) : run();
    }
    throw new IllegalStateException("not done after " + MOST_RESUMES + " resumes");
  }

  /** Whether the process that was killed had begun a run: the newest one is not done. */
  private boolean hasBegun() throws IOException, InterruptedException {
    Process runs = start(List.of(command, "runs", "--json", "--state-dir", state.toString()));
    runs.waitFor();
    String newest = Files.readString(log).replaceFirst("(?s).*?\"status\"\\s*:\\s*\"([A-Z_]+)\".*", "$1");
    return newest.equals("DEAD");
  }

  private List<String> run() {
    List<String> words = new ArrayList<>(List.of(command, "run", job, "--state-dir", state.toString()));
    words.addAll(options);
    return words;
  }

  private Process start(List<String> words) throws IOException {
    return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
