package dev.samzabatch.chaos;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.Overrides;
import dev.samzabatch.run.JobRunner;
import dev.samzabatch.run.ResumeRequest;
import dev.samzabatch.run.RunIds;
import dev.samzabatch.run.RunOutcome;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRegistry;
import dev.samzabatch.run.RunSettings;
import dev.samzabatch.run.StateDirectory;
import dev.samzabatch.system.file.FileTree;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A directory in which a job is run, broken and resumed: {@code job.conf}, {@code in}, {@code out}, {@code state}. It
 * lies on a disk in memory where there is one, since the tests force thousands of files to disk. Runs have small
 * batches and segments, so that little data reaches everything that much data would.
 */
final class Lab implements Closeable {

  static final RunSettings SMALL = new RunSettings(64, 64, 1 << 18, 1 << 14);

  private static final Path MEMORY_DISK = Path.of("/dev/shm");

  private final Path directory;
  private String refusal = "";

  /** The lab in this directory. */
  Lab(Path directory) {
    this.directory = directory;
  }

  static Lab open() throws IOException {
    boolean memory = Files.isWritable(MEMORY_DISK);
    return new Lab(memory ? Files.createTempDirectory(MEMORY_DISK, "lab") : Files.createTempDirectory("lab"));
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  Lab file(String name, String text) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.writeString(path(name), text);
    return this;
  }

  /** Makes another lab's inputs the inputs of this one too. */
  Lab inputsOf(Lab other) throws IOException {
    Files.createSymbolicLink(path("in"), other.path("in"));
    return this;
  }

  Lab job(String text) throws IOException {
    return file("job.conf", text);
  }

  StateDirectory state() {
    return new StateDirectory(path("state"));
  }

  private JobRequest request() {
    ZonedDateTime now = ZonedDateTime.now();
    return new JobRequest(path("job.conf"), Overrides.NONE, RunIds.next(now), now);
  }

  /** Runs the job, whatever becomes of it; empty when it did not even start. */
  Optional<RunOutcome> run() {
    return run(SMALL);
  }

  Optional<RunOutcome> run(RunSettings settings) {
    try {
      return outcome(new JobRunner(state(), settings, new Unwatched()).run(request()));
    } catch (UserException e) {
      refusal = e.getMessage();
      return Optional.empty();
    }
  }

  /** Resumes the newest run, whatever becomes of it; empty when it was refused. */
  Optional<RunOutcome> resume() {
    return resume(SMALL, List.of());
  }

  Optional<RunOutcome> resume(RunSettings settings, List<String> sets) {
    try {
      ResumeRequest request = new ResumeRequest(sets, false, Map.of());
      return outcome(new JobRunner(state(), settings, new Unwatched()).resume(runs().get(0), request));
    } catch (UserException e) {
      refusal = e.getMessage();
      return Optional.empty();
    }
  }

  private Optional<RunOutcome> outcome(JobRunner.Result result) {
    refusal = result.outcome() == null ? "another run of the job is under way: " + result.holder() : refusal;
    return Optional.ofNullable(result.outcome());
  }

  /** Why a run or resume was refused last. */
  String refusal() {
    return refusal;
  }

  /** Resumes the newest run, or starts the job afresh when that run died before there was anything to resume. */
  void goOn(RunSettings settings, List<String> sets) {
    if (resume(settings, sets).isEmpty() && refusal.contains("died before it had begun")) {
      run(settings);
    }
  }

  /** The records of all runs, newest first. */
  List<RunRecord> runs() {
    return new RunRegistry(state()).runs();
  }

  /** All rows of all published files, each with the name of its output in front, in the order of files and lines. */
  List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    Path out = path("out");
    if (Files.isDirectory(out)) {
      try (Stream<Path> files = Files.walk(out)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          String name = out.relativize(file).toString();
          if (!name.matches("[.].*|.*_SUCCESS")) {
            rows.addAll(lines(file).stream().map(line -> name.replaceAll("/.*", "") + ": " + line).toList());
          }
        }
      }
    }
    return rows;
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  /** What should not be there: all but the published outputs, the lock, and the manifests, records and logs of runs. */
  List<String> leftovers() throws IOException {
    List<String> left = new ArrayList<>();
    String run = "state/runs/[^/]+";
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted().toList()) {
        String name = directory.relativize(path).toString();
        boolean usual =
            name.matches("|in(|/[^.].*)|out|job\\.conf|state|state/(jobs|runs)(/[^/.]+)?|state/jobs/[^/]+/lock|" + run
                + "|" + run + "/(manifest\\.json|run\\.json|run\\.log)|out/[^.].*|(old|in[01])\\.csv|child\\.log");
        if (!usual || name.contains("/.")) {
          left.add(name);
        }
      }
    }
    return left;
  }

  /** How often each line occurs. */
  static TreeMap<String, Integer> multiset(List<String> lines) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    lines.forEach(line -> counts.merge(line, 1, Integer::sum));
    return counts;
  }

  /** The first few lines that are in one list more often than in the other. */
  static String difference(List<String> found, List<String> expected) {
    TreeMap<String, Integer> counts = multiset(found);
    multiset(expected).forEach((line, n) -> counts.merge(line, -n, Integer::sum));
    return counts.entrySet().stream().filter(e -> e.getValue() != 0).limit(3)
        .map(e -> (e.getValue() > 0 ? "+" : "") + e.getValue() + " " + e.getKey()).toList().toString();
  }

  @Override
  public void close() throws IOException {
    FileTree.delete(directory);
  }
}
