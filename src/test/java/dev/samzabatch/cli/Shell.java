package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Commands as they are typed, run in a directory of a test with the state in {@code state}; and what they leave there.
 *
 * <p>
 * In what a command says, the directory is {@code DIR}, run ids are {@code RUN} and durations {@code TIME}.
 */
final class Shell {

  private static final String RUN_ID = "\\d{8}-\\d{6}-[0-9a-f]{8}";
  private static final String JOB = "job.conf";
  private static final String STATE = "state";

  private final Path directory;
  private String failedRun = "";

  Shell(Path directory) {
    this.directory = directory;
  }

  /** How a command ended and what it said. */
  record Ended(int exit, String out, String err) {

    /** Expects exactly these lines on standard error. */
    Ended says(String expected) {
      assertThat(err).isEqualTo(expected);
      return this;
    }

    /** Expects standard error to start with these lines. */
    Ended saysFirst(String expected) {
      assertThat(err).startsWith(expected);
      return this;
    }

    Ended exits(int expected) {
      assertThat(exit).as(err).isEqualTo(expected);
      return this;
    }
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  Shell file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Shell file(String name, byte[] bytes) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.write(path(name), bytes);
    return this;
  }

  Shell directory(String name) throws IOException {
    Files.createDirectories(path(name));
    return this;
  }

  /** Runs a command quietly in this process. */
  Ended command(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.execute(arguments(args), new PrintWriter(out), new PrintWriter(err, true));
    assertThat(err.toString()).as("no stack traces").doesNotContain("\tat ", "Exception:");
    return new Ended(exit, told(out.toString()), told(err.toString()));
  }

  /** The arguments of a command with the state directory of this test. */
  String[] arguments(String... args) {
    List<String> all = new ArrayList<>(List.of(args[0], "-q", "--state-dir", path(STATE).toString()));
    all.addAll(Arrays.asList(args).subList(1, args.length));
    return all.toArray(String[]::new);
  }

  String told(String text) {
    return text.replace(directory.toString(), "DIR").replaceAll(RUN_ID, "RUN").replaceAll("after [0-9][^;\n]*;",
        "after TIME;");
  }

  /** Writes the job file and runs it, whatever becomes of it. */
  Ended run(String job) throws IOException {
    file(JOB, job);
    return command("run", path(JOB).toString());
  }

  /** Runs a job that must publish its result. */
  Ended runs(String job) throws IOException {
    Ended ended = run(job);
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(hidden()).isEmpty();
    return ended;
  }

  /** Runs a job that is wrong and must not even start: nothing is created, nothing is changed. */
  Ended refused(String job) throws IOException {
    return changesNothing(job).exits(2);
  }

  /** Runs a job that must not create or change anything. */
  Ended changesNothing(String job) throws IOException {
    file(JOB, job);
    Map<String, String> before = tree("");
    Ended ended = command("run", path(JOB).toString());
    assertThat(tree("")).isEqualTo(before);
    assertThat(ended.out()).isEmpty();
    return ended;
  }

  /**
   * Runs a job that must fail on its way: outside of the state directory all is as before, and there the run has
   * exactly its manifest, record, log and streams.
   */
  Ended fails(String job) throws IOException {
    file(JOB, job);
    Map<String, String> before = outside();
    List<String> runs = runIds();
    Ended ended = command("run", path(JOB).toString());
    assertThat(outside()).isEqualTo(before);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.exit()).isNotZero();
    List<String> left = new ArrayList<>(runIds());
    left.removeAll(runs);
    assertThat(left).hasSize(1);
    failedRun = left.get(0);
    assertThat(names(path(STATE).resolve("runs").resolve(failedRun)))
        .containsExactlyInAnyOrder("manifest.json", "run.json", "run.log", "streams");
    assertThat(tree(STATE + "/jobs").keySet()).noneMatch(name -> name.contains("holder"));
    return ended;
  }

  /** The run that {@link #fails} has seen last. */
  String failedRun() {
    return failedRun;
  }

  /** The ids of all runs in the state directory. */
  List<String> runIds() throws IOException {
    Path runs = path(STATE).resolve("runs");
    return Files.isDirectory(runs) ? names(runs) : List.of();
  }

  /** The logs of all runs. */
  String logs() throws IOException {
    StringBuilder logs = new StringBuilder();
    for (String runId : runIds()) {
      Path log = path(STATE).resolve("runs").resolve(runId).resolve("run.log");
      logs.append(Files.exists(log) ? Files.readString(log) : "");
    }
    return logs.toString();
  }

  /** The status of a run, from its record. */
  String status(String runId) throws IOException {
    String record = Files.readString(path(STATE).resolve("runs").resolve(runId).resolve("run.json"));
    return record.replaceAll("(?s).*\"status\" : \"([A-Z_]+)\".*", "$1");
  }

  /** The lines of all published files of an output, sorted. */
  List<String> rows(String output) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String name : tree(output).keySet()) {
      if (!name.endsWith("/") && !name.endsWith("_SUCCESS")) {
        rows.addAll(Files.readAllLines(path(name)));
      }
    }
    rows.sort(null);
    return rows;
  }

  /** Everything outside of the state directory. */
  Map<String, String> outside() throws IOException {
    Map<String, String> tree = tree("");
    tree.keySet().removeIf(name -> name.startsWith(STATE + "/"));
    return tree;
  }

  /** Hidden files and directories outside of the state directory: staging that was left behind. */
  List<String> hidden() throws IOException {
    return outside().keySet().stream().filter(name -> name.startsWith(".") || name.contains("/.")).toList();
  }

  /** All files below a directory with their contents (of large ones, their sizes), and all directories. */
  Map<String, String> tree(String name) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    if (!Files.exists(path(name))) {
      return tree;
    }
    try (Stream<Path> paths = Files.walk(path(name))) {
      paths.filter(path -> !path.equals(directory)).forEach(path -> {
        boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        tree.put(directory.relativize(path) + (isDirectory ? "/" : ""), isDirectory ? "" : contents(path));
      });
    }
    return tree;
  }

  private static String contents(Path file) {
    try {
      boolean small = Files.isRegularFile(file) && Files.size(file) < 1 << 20;
      return small ? Files.readString(file, StandardCharsets.ISO_8859_1) : Files.size(file) + " bytes";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
