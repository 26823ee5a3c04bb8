package dev.samzabatch.system.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.job.OutputSpec.Mode;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publication that breaks off anywhere is finished by its journal, exactly once. */
class PublicationCrashTest {

  private static final String RUN = "20261122-101112-0a1b2c3d";
  private static final List<FaultPoint> POINTS =
      List.of(FaultPoint.PUBLISH_RENAME, FaultPoint.PUBLISH_RENAMED, FaultPoint.PUBLISH_CLEAN);

  @TempDir
  Path temp;
  private Path root;

  /** An output of some kind, with something at its target or not. */
  private enum Case {
    NEW_DIRECTORY(Mode.FAIL, "new/out", 0),
    EMPTY_DIRECTORY(Mode.FAIL, "out", 0),
    REPLACED_DIRECTORY(Mode.REPLACE, "out", 1),
    APPENDED_DIRECTORY(Mode.APPEND, "out", 1),
    NEW_FILE(Mode.FAIL, "out.json", 0),
    REPLACED_FILE(Mode.REPLACE, "out.json", 1);

    private final Mode mode;
    private final String path;
    private final int old;

    Case(Mode mode, String path, int old) {
      this.mode = mode;
      this.path = path;
      this.old = old;
    }

    boolean isFile() {
      return path.endsWith(".json");
    }
  }

  @BeforeEach
  void resolve() throws IOException {
    root = temp.toRealPath();
  }

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  /** Puts the old result there, stages the new one, and gives the journal as it is read from a file. */
  private String sealed(Case output, Path home) throws IOException {
    Files.createDirectories(home);
    Path path = home.resolve(output.path);
    if (output == Case.EMPTY_DIRECTORY) {
      Files.createDirectory(path);
    } else if (output.old > 0 && output.isFile()) {
      Files.writeString(path, "old");
    } else if (output.old > 0) {
      Files.createDirectory(path);
      Files.writeString(path.resolve("old.json"), "old");
    }
    OutputTarget target = new OutputTarget(path, output.mode, output.isFile(), Place.none());
    StagedOutput staged = StagedOutput.create(StagingPlan.of(target, RUN));
    List<StagedFile> files = new ArrayList<>();
    for (int part = 0; part < (output.isFile() ? 1 : 2); part++) {
      try (PartFile file = staged.openPart(part, ".json")) {
        file.out().write(("part " + part).getBytes(StandardCharsets.UTF_8));
        files.add(file.commit(1));
      }
    }
    Publication publication = staged.seal(new SuccessFile(RUN, "job", SchemaText.parse("a long"), files));
    return JSON.std.asString(publication.toMap());
  }

  private static Publication read(String journal) throws IOException {
    return Publication.of(JSON.std.mapFrom(journal));
  }

  private static void finish(String journal) throws IOException {
    read(journal).publish();
    read(journal).clean();
  }

  /** What must be there in the end, and nothing else. */
  private static Map<String, String> expected(Case output) {
    if (output.isFile()) {
      return Map.of(output.path, "part 0");
    }
    String run = output.mode == Mode.APPEND ? "-" + RUN : "";
    Map<String, String> tree = new TreeMap<>();
    tree.put(output.path + "/_SUCCESS", "");
    tree.put(output.path + "/part-00000" + run + ".json", "part 0");
    tree.put(output.path + "/part-00001" + run + ".json", "part 1");
    if (output.mode == Mode.APPEND) {
      tree.put(output.path + "/old.json", "old");
    }
    return tree;
  }

  /** Files with what is in them, _SUCCESS without, and empty directories. */
  private static Map<String, String> tree(Path home) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(home)) {
      for (Path path : walk.toList()) {
        if (Files.isRegularFile(path)) {
          tree.put(home.relativize(path).toString(), path.endsWith("_SUCCESS") ? "" : Files.readString(path));
        } else if (FileTree.isEmptyDirectory(path)) {
          tree.put(home.relativize(path) + "/", "");
        }
      }
    }
    return tree;
  }

  @Test
  void theJournalComesBackAsItWas() throws IOException {
    for (Case output : Case.values()) {
      String journal = sealed(output, root.resolve(output.name()));
      assertThat(JSON.std.asString(read(journal).toMap())).isEqualTo(journal);
    }
  }

  @Test
  void aPublicationThatBreaksOffAnywhereIsFinishedAlsoTheSecondTime() throws IOException {
    int broken = 0;
    for (Case output : Case.values()) {
      for (FaultPoint point : POINTS) {
        boolean failed = true;
        for (int time = 1; failed; time++) {
          Path home = root.resolve(output + "-" + point + "-" + time);
          String journal = sealed(output, home);
          failed = breaks(journal, point, time);
          if (failed) {
            broken++;
            breaks(journal, point, 1);
          }
          finish(journal);
          finish(journal);
          assertThat(tree(home)).as("%s %s %d", output, point, time).isEqualTo(expected(output));
        }
      }
    }
    assertThat(broken).as("crashes").isGreaterThanOrEqualTo(2 * (1 + 1 + 2 + 3 + 1 + 1) + 4);
  }

  private static boolean breaks(String journal, FaultPoint point, int time) throws IOException {
    Faults.arm(point + ":throw:" + time);
    try {
      finish(journal);
      return false;
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("injected fault at " + point);
      return true;
    } finally {
      Faults.arm("");
    }
  }

  @Test
  void cleaningThatBreaksOffBetweenTwoFilesIsFinished() throws IOException {
    for (Case output : List.of(Case.REPLACED_DIRECTORY, Case.APPENDED_DIRECTORY)) {
      Path home = root.resolve(output.name());
      String journal = sealed(output, home);
      if (output == Case.REPLACED_DIRECTORY) {
        Files.writeString(home.resolve("out/older.json"), "older");
      }
      read(journal).publish();
      for (Path leftover : read(journal).leftovers()) {
        Files.deleteIfExists(leftover.resolve("old.json"));
      }
      finish(journal);
      assertThat(tree(home)).isEqualTo(expected(output));
    }
  }

  @Test
  void aProcessThatIsKilledAnywhereIsFinishedByTheNext() throws Exception {
    for (String fault : List.of("REPLACED_DIRECTORY PUBLISH_RENAME:halt:2", "REPLACED_DIRECTORY PUBLISH_RENAMED:halt:2",
        "APPENDED_DIRECTORY PUBLISH_RENAMED:halt:2", "REPLACED_FILE PUBLISH_CLEAN:halt:1")) {
      String[] parts = fault.split(" ");
      Case output = Case.valueOf(parts[0]);
      Path home = root.resolve(fault.replace(' ', '-').replace(':', '-'));
      String journal = sealed(output, home);
      Path file = Files.writeString(root.resolve("journal.json"), journal);
      assertThat(exitOfChild(file, parts[1])).as(fault).isEqualTo(137);
      assertThat(tree(home)).as(fault).isNotEqualTo(expected(output));
      assertThat(exitOfChild(file, "")).as(fault).isZero();
      assertThat(tree(home)).as(fault).isEqualTo(expected(output));
    }
  }

  /** Publishes in a process of its own. */
  private static int exitOfChild(Path journal, String faults) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = List.of(java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
        System.getProperty("java.class.path"), "-D" + Faults.PROPERTY + "=" + faults, Publisher.class.getName(),
        journal.toString());
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the process ends").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Finishes the publication of a journal. */
  static final class Publisher {
    private Publisher() {}

    public static void main(String[] args) throws IOException {
      finish(Files.readString(Path.of(args[0])));
    }
  }

  @Test
  void anOldResultIsNotTakenForTheNewOneWhenWhatWasStagedIsGone() throws IOException {
    for (Case output : Case.values()) {
      Path home = root.resolve(output.name());
      String journal = sealed(output, home);
      List<Publication.Move> moves = read(journal).moves();
      FileTree.delete(moves.get(moves.size() - 1).from());
      Map<String, String> before = tree(home);
      assertThatThrownBy(() -> read(journal).publish()).as(output.name()).isInstanceOf(IOException.class)
          .hasMessageMatching(".*(what was|what is) to be published.* is gone.*");
      assertThat(tree(home)).as(output.name()).isEqualTo(before);
    }
  }

  @Test
  void aJournalThatWouldDeleteAnythingElseIsRefused() throws IOException {
    String journal = sealed(Case.REPLACED_DIRECTORY, root.resolve("home"));
    String aside = read(journal).leftovers().get(0).toString();
    for (String other : List.of(root.toString(), "/", "relative/.out.replaced-x", root.resolve("out").toString())) {
      String changed = journal.replace("\"leftovers\":[\"" + aside, "\"leftovers\":[\"" + other);
      assertThat(changed).isNotEqualTo(journal);
      assertThatThrownBy(() -> read(changed)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
