package dev.samzabatch.system.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.OutputSpec.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedOutputTest {

  private static final String RUN = "20261122-101112-0a1b2c3d";
  private static final Place PLACE = new Place("job.conf", 9, 2);

  @TempDir
  Path temp;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temp.toRealPath().resolve("root"));
  }

  private OutputTarget target(String path, Mode mode) {
    return new OutputTarget(OutputTarget.resolved(root.resolve(path)), mode, path.endsWith(".json"), PLACE);
  }

  private static StagedFile write(StagedOutput output, int part, String text) throws IOException {
    try (PartFile file = output.openPart(part, ".json")) {
      file.out().write(text.getBytes(StandardCharsets.UTF_8));
      return file.commit(1);
    }
  }

  private static SuccessFile success(StagedFile... files) {
    return new SuccessFile(RUN, "job", SchemaText.parse("a long null, b string"), List.of(files));
  }

  /** Stages two parts and seals them. */
  private static Publication sealed(StagingPlan plan, String... texts) throws IOException {
    StagedOutput output = StagedOutput.create(plan);
    StagedFile[] files = new StagedFile[texts.length];
    for (int i = 0; i < texts.length; i++) {
      files[i] = write(output, i, texts[i]);
    }
    return output.seal(success(files));
  }

  /** Every file and empty directory below the root with its content; _SUCCESS without. */
  private Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.toList()) {
        if (Files.isRegularFile(path)) {
          String content = path.endsWith("_SUCCESS") ? "" : Files.readString(path);
          tree.put(root.relativize(path).toString(), content);
        } else if (FileTree.isEmptyDirectory(path)) {
          tree.put(root.relativize(path) + "/", "");
        }
      }
    }
    return tree;
  }

  @Test
  void aDirectoryAppearsWholeAndNothingElseIsLeft() throws IOException {
    StagingPlan plan = StagingPlan.of(target("out/pv", Mode.FAIL), RUN);
    assertThat(tree()).isEqualTo(Map.of("/", ""));
    Publication publication = sealed(plan, "one", "two");
    assertThat(root.resolve("out")).doesNotExist();

    publication.publish();
    publication.clean();

    assertThat(tree()).isEqualTo(
        Map.of("out/pv/part-00000.json", "one", "out/pv/part-00001.json", "two", "out/pv/_SUCCESS", ""));
  }

  @Test
  void theSuccessFileTellsWhatWasPublished() throws IOException {
    Publication publication = sealed(StagingPlan.of(target("pv", Mode.FAIL), RUN), "one", "");
    publication.publish();
    Map<String, Object> success = JSON.std.mapFrom(Files.readString(root.resolve("pv/_SUCCESS")));
    assertThat(success).containsEntry("run.id", RUN).containsEntry("job", "job").containsEntry("rows", 2)
        .containsEntry("schema", "a long null, b string").containsEntry("version", 1);
    assertThat(success.get("files")).isEqualTo(List.of(
        Map.of("name", "part-00000.json", "rows", 1, "bytes", 3, "crc32c", crc32c("one")),
        Map.of("name", "part-00001.json", "rows", 1, "bytes", 0, "crc32c", "00000000")));
  }

  private static String crc32c(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  @Test
  void anOldResultIsReplacedAsAWhole() throws IOException {
    Files.createDirectory(root.resolve("pv"));
    Files.writeString(root.resolve("pv/old.csv"), "old");
    Publication publication = sealed(StagingPlan.of(target("pv", Mode.REPLACE), RUN), "new");
    assertThat(root.resolve("pv/old.csv")).hasContent("old");
    publication.publish();
    publication.clean();
    assertThat(tree()).isEqualTo(Map.of("pv/part-00000.json", "new", "pv/_SUCCESS", ""));
  }

  @Test
  void appendingAddsFilesWithTheRunsName() throws IOException {
    Files.createDirectory(root.resolve("pv"));
    Files.writeString(root.resolve("pv/part-00000.json"), "old");
    Publication publication = sealed(StagingPlan.of(target("pv", Mode.APPEND), RUN), "new", "newer");
    publication.publish();
    publication.clean();
    assertThat(tree()).isEqualTo(Map.of("pv/part-00000.json", "old", "pv/part-00000-" + RUN + ".json", "new",
        "pv/part-00001-" + RUN + ".json", "newer", "pv/_SUCCESS", ""));
  }

  @Test
  void appendingToNothingMakesTheDirectory() throws IOException {
    Publication publication = sealed(StagingPlan.of(target("a/pv", Mode.APPEND), RUN), "new");
    publication.publish();
    assertThat(tree()).isEqualTo(Map.of("a/pv/part-00000-" + RUN + ".json", "new", "a/pv/_SUCCESS", ""));
  }

  @Test
  void aSingleFileHasExactlyItsNameAndIsReplacedInOneStep() throws IOException {
    Files.writeString(root.resolve("top.json"), "old");
    Publication publication = sealed(StagingPlan.of(target("top.json", Mode.REPLACE), RUN), "new");
    assertThat(root.resolve("top.json")).hasContent("old");
    publication.publish();
    publication.clean();
    assertThat(tree()).isEqualTo(Map.of("top.json", "new"));
  }

  @Test
  void aResultWithoutFilesIsAnEmptyDirectoryWithASuccessFile() throws IOException {
    Publication publication = sealed(StagingPlan.of(target("pv", Mode.FAIL), RUN));
    publication.publish();
    assertThat(tree()).isEqualTo(Map.of("pv/_SUCCESS", ""));
  }

  @Test
  void twoOutputsWithTheSameNameInMissingDirectoriesDoNotMeet() {
    StagingPlan one = StagingPlan.of(target("a/x", Mode.FAIL), RUN);
    StagingPlan two = StagingPlan.of(target("b/x", Mode.FAIL), RUN);
    StagingPlan three = StagingPlan.of(target("a+x", Mode.FAIL), RUN);
    assertThat(List.of(one.staging(), two.staging(), three.staging())).doesNotHaveDuplicates()
        .allMatch(path -> path.getParent().equals(root) && path.getFileName().toString().startsWith("."));
  }

  @Test
  void whatAFailedAttemptLeftIsNotPublished() throws IOException {
    StagingPlan plan = StagingPlan.of(target("pv", Mode.FAIL), RUN);
    StagedOutput output = StagedOutput.create(plan);
    write(output, 7, "of an attempt that failed");
    write(output, 0, "half of part 0 and much longer than its successor");
    StagedOutput again = StagedOutput.create(plan);
    again.seal(success(write(again, 0, "whole"))).publish();
    assertThat(tree()).isEqualTo(Map.of("pv/part-00000.json", "whole", "pv/_SUCCESS", ""));
  }

  @Test
  void aPartIsWrittenOnFromItsLastCommit() throws IOException {
    StagedOutput output = StagedOutput.create(StagingPlan.of(target("pv", Mode.FAIL), RUN));
    StagedFile committed;
    try (PartFile part = output.openPart(0, ".json")) {
      part.out().write("committed,".getBytes(StandardCharsets.UTF_8));
      committed = part.commit(1);
      part.out().write("lost".getBytes(StandardCharsets.UTF_8));
      part.commit(2);
    }
    StagedFile whole;
    try (PartFile part = output.reopenPart(committed)) {
      part.out().write("again".getBytes(StandardCharsets.UTF_8));
      whole = part.commit(2);
    }
    assertThat(String.format("%08x", whole.checksum())).isEqualTo(crc32c("committed,again"));
    output.seal(success(whole)).publish();
    assertThat(root.resolve("pv/part-00000.json")).hasContent("committed,again");
  }

  @Test
  void aPartThatIsNotWhatWasCommittedIsRefused() throws IOException {
    StagingPlan plan = StagingPlan.of(target("pv", Mode.FAIL), RUN);
    StagedOutput output = StagedOutput.create(plan);
    StagedFile committed = write(output, 0, "committed");
    Path part = plan.staging().resolve("part-00000.json");
    Files.writeString(part, "cOmmitted");
    assertThatThrownBy(() -> output.reopenPart(committed)).isInstanceOf(IOException.class)
        .hasMessageContaining("is not the staged file that was committed");
    Files.writeString(part, "comm");
    assertThatThrownBy(() -> output.reopenPart(committed)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> output.seal(success(committed))).isInstanceOf(IOException.class)
        .hasMessageContaining("has 4 bytes, but 9 were committed");
  }

  @Test
  void closingACompressorDoesNotCloseThePart() throws IOException {
    StagedOutput output = StagedOutput.create(StagingPlan.of(target("pv", Mode.FAIL), RUN));
    try (PartFile part = output.openPart(0, ".json.gz")) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(part.out())) {
        gzip.write(1);
      }
      StagedFile file = part.commit(1);
      assertThat(file.bytes()).isEqualTo(part.bytes()).isGreaterThan(10);
    }
  }

  /** Publishes up to a crash behind so many renames. */
  private static void take(Publication journal, int moves) throws IOException {
    if (moves > 0) {
      int taken = Math.min(moves, journal.moves().size());
      new Publication(journal.moves().subList(0, taken), List.of(), journal.proof()).publish();
    }
  }

  @Test
  void aPublicationCanBeFinishedAfterACrashBetweenAnyTwoSteps() throws IOException {
    for (Mode mode : Mode.values()) {
      for (int stopped = 0; stopped <= 4; stopped++) {
        String name = mode + "-" + stopped;
        if (mode != Mode.FAIL) {
          Files.createDirectory(root.resolve(name));
          Files.writeString(root.resolve(name).resolve("old.json"), "old");
        }
        StagingPlan plan = StagingPlan.of(target(name, mode), RUN);
        Publication journal = sealed(plan, "one", "two");
        take(journal, stopped);

        journal.publish();
        journal.publish();
        journal.clean();
        journal.publish();
        journal.clean();

        String run = mode == Mode.APPEND ? "-" + RUN : "";
        assertThat(root.resolve(name).resolve("part-00000" + run + ".json")).hasContent("one");
        assertThat(root.resolve(name).resolve("part-00001" + run + ".json")).hasContent("two");
        assertThat(root.resolve(name).resolve("_SUCCESS")).exists();
        assertThat(Files.exists(root.resolve(name).resolve("old.json"))).isEqualTo(mode == Mode.APPEND);
        assertThat(plan.staging()).doesNotExist();
        assertThat(plan.aside()).doesNotExist();
      }
    }
  }

  @Test
  void discardingAfterACrashBetweenAnyTwoStepsGivesTheOldResultOrTheNewOne() throws IOException {
    for (Mode mode : List.of(Mode.REPLACE, Mode.APPEND)) {
      for (int stopped = 0; stopped <= 4; stopped++) {
        String name = mode + "-" + stopped;
        Files.createDirectory(root.resolve(name));
        Files.writeString(root.resolve(name).resolve("old.json"), "old");
        StagingPlan plan = StagingPlan.of(target(name, mode), RUN);
        Publication journal = sealed(plan, "one", "two");
        int steps = journal.moves().size();
        take(journal, stopped);

        StagedOutput.discard(plan);
        StagedOutput.discard(plan);

        boolean published = stopped >= steps;
        assertThat(Files.exists(root.resolve(name).resolve("_SUCCESS"))).isEqualTo(published);
        assertThat(Files.exists(root.resolve(name).resolve("old.json"))).isEqualTo(!published || mode == Mode.APPEND);
        try (Stream<Path> entries = Files.list(root.resolve(name))) {
          assertThat(entries.filter(path -> path.getFileName().toString().startsWith("part-")).count())
              .isEqualTo(published ? 2 : 0);
        }
        assertThat(plan.staging()).doesNotExist();
        assertThat(plan.aside()).doesNotExist();
      }
    }
  }

  @Test
  void whatSomebodyElsePutsAtTheTargetMeanwhileIsNotOverwritten() throws IOException {
    Publication directory = sealed(StagingPlan.of(target("pv", Mode.FAIL), RUN), "new");
    Files.createDirectory(root.resolve("pv"));
    Files.writeString(root.resolve("pv/theirs"), "theirs");
    assertThatThrownBy(directory::publish).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(directory::clean).isInstanceOf(IllegalStateException.class);
    Publication file = sealed(StagingPlan.of(target("top.json", Mode.FAIL), RUN), "new");
    Files.writeString(root.resolve("top.json"), "theirs");
    assertThatThrownBy(file::publish).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(root.resolve("pv/theirs")).hasContent("theirs");
    assertThat(root.resolve("top.json")).hasContent("theirs");
    assertThatThrownBy(() -> sealed(StagingPlan.of(target("pv", Mode.FAIL), "r2"), "x"))
        .isInstanceOf(UserException.class).hasMessageContaining("SB-4101");
  }

  @Test
  void theAsideOfAFinishedPublicationIsDeletedByDiscardingAndAStrangersResultIsKept() throws IOException {
    Files.createDirectory(root.resolve("pv"));
    Files.writeString(root.resolve("pv/old"), "old");
    StagingPlan plan = StagingPlan.of(target("pv", Mode.REPLACE), RUN);
    Publication journal = sealed(plan, "new");
    take(journal, 1);
    Files.createDirectory(root.resolve("pv"));
    Files.writeString(root.resolve("pv/theirs"), "theirs");

    assertThatThrownBy(journal::publish).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> StagedOutput.discard(plan)).isInstanceOf(IOException.class)
        .hasMessageContaining(plan.aside().toString()).hasMessageContaining("move it back, or delete it");

    assertThat(plan.aside().resolve("old")).as("nobody knows whether it is still wanted").hasContent("old");
    assertThat(plan.staging()).as("so that the next attempt sees the same").exists();
    assertThat(root.resolve("pv/theirs")).hasContent("theirs");
  }

  private List<String> problems(String path, Mode mode, ProtectedPath... protectedPaths) {
    return TargetCheck.problems(target(path, mode), List.of(protectedPaths)).stream().map(Problem::code).toList();
  }

  @Test
  void anOutputThatExistsIsRefusedUnlessItMayBeReplacedOrAddedTo() throws IOException {
    Files.createDirectory(root.resolve("pv"));
    for (Mode mode : Mode.values()) {
      assertThat(problems("pv", mode)).isEmpty();
      assertThat(problems("not/there/yet", mode)).isEmpty();
    }
    Files.writeString(root.resolve("pv/a.csv"), "x");
    Files.writeString(root.resolve("top.json"), "x");
    assertThat(problems("pv", Mode.FAIL)).containsExactly("SB-4101");
    assertThat(problems("top.json", Mode.FAIL)).containsExactly("SB-4101");
    assertThat(problems("pv", Mode.REPLACE)).isEmpty();
    assertThat(problems("pv", Mode.APPEND)).isEmpty();
    assertThat(problems("top.json", Mode.REPLACE)).isEmpty();
  }

  @Test
  void aDirectoryTreeThatIsNoResultOfOursIsNotReplaced() throws IOException {
    Files.createDirectories(root.resolve("home/documents"));
    assertThat(problems("home", Mode.REPLACE)).containsExactly("SB-4102");
    for (String foreign : List.of("", "{\"files\": []}", "{\"run.id\": \"r\"}", "[1]", "done")) {
      Files.writeString(root.resolve("home/_SUCCESS"), foreign);
      assertThat(problems("home", Mode.REPLACE)).as("not ours: %s", foreign).containsExactly("SB-4102");
    }
    Files.write(root.resolve("home/_SUCCESS"), success().bytes());
    assertThat(problems("home", Mode.REPLACE)).isEmpty();
  }

  @Test
  void whatIsProtectedIsNotReplacedNorADirectoryAroundIt() throws IOException {
    Path job = Files.writeString(Files.createDirectory(root.resolve("conf")).resolve("job.conf"), "");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("conf"));
    ProtectedPath jobFile = new ProtectedPath(root.resolve("link/job.conf"), "the job file");
    assertThat(problems("conf", Mode.REPLACE, jobFile)).containsExactly("SB-4103");
    assertThat(problems("link", Mode.REPLACE, jobFile)).containsExactly("SB-4103");
    assertThat(problems("", Mode.REPLACE, jobFile)).containsExactly("SB-4103");
    assertThat(problems("conf/out", Mode.REPLACE, jobFile)).isEmpty();
    assertThat(TargetCheck.problems(new OutputTarget(job, Mode.REPLACE, true, PLACE), List.of(jobFile)))
        .extracting(Problem::code).containsExactly("SB-4103");
    for (String path : List.of("/", System.getProperty("user.home"), System.getProperty("user.dir"))) {
      OutputTarget target = new OutputTarget(Path.of(path), Mode.REPLACE, false, PLACE);
      assertThat(TargetCheck.problems(target, List.of())).extracting(Problem::code).contains("SB-4103");
    }
  }

  @Test
  void filesAndDirectoriesAreNotMistakenForEachOther() throws IOException {
    Files.createDirectory(root.resolve("dir.json"));
    Files.writeString(root.resolve("file"), "x");
    assertThat(problems("dir.json", Mode.REPLACE)).containsExactly("SB-4104");
    assertThat(problems("file", Mode.REPLACE)).containsExactly("SB-4104");
    assertThat(problems("file/below/out", Mode.FAIL)).containsExactly("SB-4104");
    assertThat(problems("new.json", Mode.APPEND)).containsExactly("SB-4104");
  }

  @Test
  void checkingAndPlanningCreateNothing() throws IOException {
    problems("a/b/c", Mode.REPLACE);
    StagingPlan.of(target("a/b/c", Mode.REPLACE), RUN);
    assertThat(tree()).isEqualTo(Map.of("/", ""));
  }

  @Test
  void aPlanWithPathsOfAnotherRunIsRefusedSinceTheyWouldBeDeleted() {
    StagingPlan plan = StagingPlan.of(target("pv", Mode.REPLACE), RUN);
    assertThatThrownBy(() -> new StagingPlan(plan.target(), RUN, root, plan.aside()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StagingPlan(plan.target(), RUN, plan.staging(), root.resolve("pv")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StagingPlan(plan.target(), "other", plan.staging(), plan.aside()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void discardingFollowsNoLinks() throws IOException {
    Path precious = Files.createDirectory(root.resolve("precious"));
    Files.writeString(precious.resolve("file"), "precious");
    StagingPlan plan = StagingPlan.of(target("pv", Mode.FAIL), RUN);
    StagedOutput.create(plan);
    Files.createSymbolicLink(plan.staging().resolve("link"), precious);
    StagedOutput.discard(plan);
    assertThat(tree()).isEqualTo(Map.of("precious/file", "precious"));
  }

  @Test
  void aTargetBehindALinkIsStagedWhereItReallyIs() throws IOException {
    Path real = Files.createDirectories(root.resolve("disk2/results"));
    Files.createSymbolicLink(root.resolve("results"), real);
    StagingPlan plan = StagingPlan.of(target("results", Mode.REPLACE), RUN);
    assertThat(plan.staging().getParent()).isEqualTo(root.resolve("disk2"));
    sealed(plan, "x").publish();
    assertThat(root.resolve("results/part-00000.json")).hasContent("x");
    assertThat(Files.isSymbolicLink(root.resolve("results"))).isTrue();
  }

  @Test
  void twoTasksStageSideBySide() throws IOException {
    StagedOutput output = StagedOutput.create(StagingPlan.of(target("pv", Mode.FAIL), RUN));
    List<StagedFile> files = Stream.of(0, 1, 2, 3).parallel().map(part -> {
      try {
        return write(output, part, "part " + part);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }).toList();
    output.seal(success(files.toArray(StagedFile[]::new))).publish();
    assertThat(tree()).hasSize(5).containsEntry("pv/part-00003.json", "part 3");
  }
}
