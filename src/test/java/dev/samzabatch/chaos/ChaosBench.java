package dev.samzabatch.chaos;

import dev.samzabatch.run.RunOutcome;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunSettings;
import dev.samzabatch.run.RunStatus;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.Faults;
import dev.samzabatch.system.file.FileTree;
import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Breaks jobs and brings them to their ends again. Knows of each job what it gives undisturbed, and how often it
 * reaches every point.
 */
final class ChaosBench implements Closeable {

  private static final int ORDERS = 12_000;
  private static final String RUN = """
      containers = 2, partitions = 3, memory = 2m, keep-runs = 0
      """;
  private static final String USUAL = "commit-every = 10ms, ";
  private static final String OFTEN = "commit-every = 1ms, ";
  private static final int PLACES = 6;
  private static final String EARLIER = """
      job = chaos
      inputs { old { uri = "old.csv", schema = "k long, v long" } }
      steps { failing { sql = "select k, 1 / (v - %d) as v from old" } }
      outputs { result { from = failing, uri = "out/result", format = csv, mode = replace } }
      run { containers = 1, keep-runs = 9 }
      """;
  private static final List<String> STATES = List.of("auto", "memory", "rocksdb");
  private static final int ATTEMPTS = 8;

  private final Lab inputs = Lab.open();
  private final Map<ChaosJob, List<String>> expected = new EnumMap<>(ChaosJob.class);
  private final Map<ChaosJob, Map<FaultPoint, Integer>> reached = new EnumMap<>(ChaosJob.class);

  ChaosBench() throws IOException {
    ChaosInputs.write(inputs, ORDERS);
    for (ChaosJob job : ChaosJob.values()) {
      try (Lab lab = empty().job(job.text("containers = 1"))) {
        done(lab, lab.run(RunSettings.DEFAULT), job);
        expected.put(job, lab.rows());
      }
      reached.put(job, count(job));
    }
  }

  private static RunRecord done(Lab lab, Optional<RunOutcome> outcome, ChaosJob job) {
    RunOutcome found = outcome.orElseThrow(() -> new IllegalStateException(job + ": " + lab.refusal()));
    if (found.record().status() != RunStatus.DONE) {
      throw new IllegalStateException(job + ": " + found.record().status() + ", " + found.record().failure());
    }
    return found.record();
  }

  /** How often each point is reached: those of restoring by a resumed run, all others by one that is not disturbed. */
  private Map<FaultPoint, Integer> count(ChaosJob job) throws IOException {
    List<FaultPoint> usual = Stream.of(FaultPoint.values()).filter(p -> !ChaosCase.restores(p)).toList();
    List<FaultPoint> restoring = Stream.of(FaultPoint.values()).filter(ChaosCase::restores).toList();
    Map<FaultPoint, Integer> counts = new EnumMap<>(FaultPoint.class);
    // Commits are a matter of time, and the first run is a slow one: what counts is what two runs reach.
    for (int time = 0; time < 2; time++) {
      try (Lab lab = prepared(job, USUAL + "retries = 5")) {
        Faults.arm(counting(usual));
        done(lab, lab.run(), job);
        usual.forEach(p -> counts.merge(p, Faults.times(p), Math::min));
      }
    }
    for (FaultPoint point : restoring) {
      counts.put(point, countWhenResumed(job, point, counts.get(ChaosCase.breaking(point))));
    }
    return counts;
  }

  /**
   * How often a resume reaches a point. What a failed run has left depends on where its commits fell, so it is broken
   * at one place after the other, with as many commits as can be, until the point is reached.
   */
  private int countWhenResumed(ChaosJob job, FaultPoint point, int breakings) throws IOException {
    int times = 0;
    for (int part = 1; part < PLACES && times == 0; part++) {
      try (Lab lab = prepared(job, OFTEN + "retries = 0")) {
        Faults.arm(ChaosCase.breaking(point) + ":throw:" + ((PLACES / 2 + part) % PLACES * breakings / PLACES + 1));
        lab.run();
        Faults.arm(counting(List.of(point)));
        done(lab, lab.resume(), job);
        times = Faults.times(point);
      } finally {
        Faults.arm("");
      }
    }
    return times;
  }

  private static String counting(List<FaultPoint> points) {
    return points.stream().map(p -> p + ":count").collect(Collectors.joining(","));
  }

  /** How often the job reaches the point. */
  int times(ChaosJob job, FaultPoint point) {
    return reached.get(job).get(point);
  }

  private Lab empty() throws IOException {
    return Lab.open().inputsOf(inputs).file("out/appended/earlier.json", "{}\n");
  }

  /** A lab in which a run of the job has published a result, and another one has failed. */
  private Lab prepared(ChaosJob job, String run) throws IOException {
    Lab lab = empty().file("old.csv", "k,v\n1,2\n3,4\n");
    done(lab, lab.job(String.format(EARLIER, 1)).run(), job);
    lab.job(String.format(EARLIER, 4)).run();
    return lab.job(job.text(RUN + run));
  }

  /**
   * Breaks a job, and brings it to its end.
   *
   * @return whether the point was reached
   */
  boolean survives(ChaosCase broken) throws IOException, InterruptedException {
    // A run without retries fails and is resumed; one with some restarts its container.
    int retries = broken.restores() && broken.before() % 2 == 0 ? 0 : 5;
    String state = STATES.get(broken.time() % STATES.size());
    try (Lab lab = prepared(broken.job(), USUAL + "retries = " + retries + ", state = " + state)) {
      List<String> earlier = lab.runs().stream().map(RunRecord::runId).toList();
      boolean reached = broken.halt() ? kill(lab, broken) : fail(lab, broken);
      boolean resumed = finish(lab, earlier, 1 + broken.time() % 3);
      verify(lab, broken.job());
      verifyNothingIsLeft(lab, broken.job(), resumed, earlier);
      return reached;
    }
  }

  /** Kills a job by a fault, and every resume of it by the next one, and brings it to its end. */
  void survives(ChaosJob job, List<String> deaths) throws IOException, InterruptedException {
    try (Lab lab = prepared(job, USUAL + "retries = 0")) {
      List<String> earlier = lab.runs().stream().map(RunRecord::runId).toList();
      for (String death : deaths) {
        Optional<RunRecord> own = own(lab, earlier);
        if (own.isEmpty() || own.get().status() != RunStatus.DONE) {
          ChaosChild.start(lab, own.isEmpty() ? "run" : "resume", death);
        }
      }
      boolean resumed = finish(lab, earlier, 2);
      verify(lab, job);
      verifyNothingIsLeft(lab, job, resumed, earlier);
    }
  }

  private boolean fail(Lab lab, ChaosCase broken) {
    try {
      Faults.arm(broken.restores() ? broken.breaking() + "," + broken.fault() : broken.fault());
      lab.run();
      if (broken.restores() && lab.runs().get(0).isResumable()) {
        lab.resume();
      }
      return Faults.times(broken.point()) >= broken.time();
    } finally {
      Faults.arm("");
    }
  }

  private boolean kill(Lab lab, ChaosCase broken) throws IOException, InterruptedException {
    if (broken.restores()) {
      boolean killed = ChaosChild.start(lab, "run", broken.breaking()) == ChaosChild.KILLED;
      return killed && ChaosChild.start(lab, "resume", broken.fault()) == ChaosChild.KILLED;
    }
    return ChaosChild.start(lab, "run", broken.fault()) == ChaosChild.KILLED;
  }

  /**
   * Resumes until the run is done, mostly with another number of containers; a run that has left no trace is started
   * afresh.
   *
   * @return whether there was anything to do: false for a run that is done although it was broken
   */
  private static boolean finish(Lab lab, List<String> earlier, int containers) {
    List<String> sets = List.of("run.containers=" + containers);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<RunRecord> own = own(lab, earlier);
      if (own.isEmpty()) {
        lab.run();
      } else if (own.get().status() == RunStatus.DONE) {
        return attempt > 0;
      } else {
        lab.goOn(Lab.SMALL, sets);
      }
    }
    throw new IllegalStateException("not done after " + ATTEMPTS + " attempts: " + lab.runs() + lab.refusal());
  }

  private static Optional<RunRecord> own(Lab lab, List<String> earlier) {
    return lab.runs().stream().filter(r -> !earlier.contains(r.runId())).findFirst();
  }

  private void verify(Lab lab, ChaosJob job) throws IOException {
    List<String> wanted = expected.get(job);
    List<String> rows = lab.rows();
    boolean same = job.isOrdered() ? rows.equals(wanted) : Lab.multiset(rows).equals(Lab.multiset(wanted));
    if (!same) {
      throw new IllegalStateException("published " + rows.size() + " rows instead of " + wanted.size() + ": "
          + Lab.difference(rows, wanted));
    }
  }

  /**
   * A run that was resumed has left nothing. What one that was broken behind its last deed could not delete, its own or
   * of earlier runs, the next one deletes.
   */
  private void verifyNothingIsLeft(Lab lab, ChaosJob job, boolean resumed, List<String> earlier) throws IOException {
    List<String> left = lab.leftovers();
    if (!left.isEmpty() && (!resumed || left.stream().allMatch(n -> earlier.stream().anyMatch(n::contains)))) {
      FileTree.delete(lab.path("out/once"));
      FileTree.delete(lab.path("out/appended"));
      lab.file("out/appended/earlier.json", "{}\n");
      done(lab, lab.run(), job);
      verify(lab, job);
      left = lab.leftovers();
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException("left behind: " + left);
    }
  }

  @Override
  public void close() throws IOException {
    inputs.close();
  }
}
