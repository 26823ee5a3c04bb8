package dev.samzabatch.system.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samzabatch.cli.TinyDisk;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.job.OutputSpec.Mode;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staged files whose disk fails: what was committed is there, and can be written on. */
class StagedFaultsTest {

  private static final String RUN = "20261122-101112-0a1b2c3d";

  @TempDir
  Path temp;
  private StagingPlan plan;

  @BeforeEach
  void makePlan() throws IOException {
    plan = plan(temp.toRealPath());
  }

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  private static StagingPlan plan(Path home) {
    return StagingPlan.of(new OutputTarget(home.resolve("out"), Mode.FAIL, false, Place.none()), RUN);
  }

  private static SuccessFile success(StagedFile file) {
    return new SuccessFile(RUN, "job", SchemaText.parse("a long"), List.of(file));
  }

  private static void write(PartFile part, String text) throws IOException {
    part.out().write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPartThatFailedTakesNothingMoreAndIsWrittenOnFromItsLastCommit() throws IOException {
    for (String fault : List.of("PART_WRITE:enospc:2", "PART_SYNC:eio:2")) {
      StagedOutput output = StagedOutput.create(plan);
      StagedFile committed;
      try (PartFile part = output.openPart(0, ".json")) {
        Faults.arm(fault);
        write(part, "one,");
        committed = part.commit(1);
        write(part, "two,");
        assertThatThrownBy(() -> part.commit(2)).isInstanceOf(IOException.class)
            .hasMessageStartingWith("cannot write " + plan.staging().resolve("part-00000.json"))
            .hasMessageContaining(fault.contains("eio") ? "Input/output error" : "No space left on device");
        Faults.arm("");
        assertThatThrownBy(() -> part.commit(2)).as("nobody knows what was written").isInstanceOf(IOException.class)
            .hasMessageContaining("an earlier write failed");
      }
      StagedFile whole;
      try (PartFile part = output.reopenPart(committed)) {
        write(part, "three");
        whole = part.commit(2);
      }
      assertThat(plan.staging().resolve("part-00000.json")).hasContent("one,three");
      assertThat(whole.bytes()).isEqualTo(9);
    }
  }

  @Test
  void everyStepOfStagingCanBeBrokenAndDoneAgain() throws IOException {
    Faults.arm("STAGING_CREATE:throw");
    assertThatThrownBy(() -> StagedOutput.create(plan)).hasMessageContaining("STAGING_CREATE");
    assertThat(plan.staging()).doesNotExist();
    StagedOutput output = StagedOutput.create(plan);
    StagedFile committed;
    try (PartFile part = output.openPart(0, ".json")) {
      write(part, "one");
      committed = part.commit(1);
    }
    Faults.arm("RESTORE_FILE:throw,OUTPUT_SEAL:throw,FILE_REPLACE:throw");
    assertThatThrownBy(() -> output.reopenPart(committed)).hasMessageContaining("RESTORE_FILE");
    output.reopenPart(committed).close();
    assertThatThrownBy(() -> output.seal(success(committed))).hasMessageContaining("OUTPUT_SEAL");
    assertThatThrownBy(() -> output.seal(success(committed))).hasMessageContaining("FILE_REPLACE");
    Publication publication = output.seal(success(committed));
    assertThat(output.seal(success(committed))).as("sealed again after a crash").isEqualTo(publication);
    publication.publish();
    assertThat(plan.target().path().resolve("part-00000.json")).hasContent("one");
  }

  @Test
  void aCommittedPartThatIsGoneIsTold() throws IOException {
    StagedOutput output = StagedOutput.create(plan);
    StagedFile committed = new StagedFile("part-00000.json", 1, 9, 0);
    assertThatThrownBy(() -> output.reopenPart(committed)).isInstanceOf(IOException.class)
        .hasMessageContaining("part-00000.json is gone, but 9 bytes of it were committed");
  }

  @Test
  void aFullDiskIsToldAndThePartGoesOnWhenThereIsSpace() throws IOException {
    try (TinyDisk disk = TinyDisk.mount(temp.resolve("disk"))) {
      assumeTrue(disk.isMounted(), "this user may not mount");
      StagingPlan full = plan(temp.toRealPath().resolve("disk"));
      StagedOutput output = StagedOutput.create(full);
      disk.fill(40);
      String text = "x".repeat(50_000);
      StagedFile committed = null;
      long commits = 0;
      try (PartFile part = output.openPart(0, ".json")) {
        IOException failure = null;
        while (failure == null) {
          try {
            write(part, text);
            committed = part.commit(++commits);
          } catch (IOException e) {
            failure = e;
          }
        }
        assertThat(failure).hasMessageContaining("cannot write ").hasMessageContaining("No space left on device");
      }
      assertThat(committed).isNotNull();
      assertThat(committed.bytes()).isEqualTo(50_000 * committed.rows());
      disk.empty();
      try (PartFile part = output.reopenPart(committed)) {
        write(part, text);
        committed = part.commit(committed.rows() + 1);
      }
      Publication publication = output.seal(success(committed));
      publication.publish();
      publication.clean();
      assertThat(Files.size(full.target().path().resolve("part-00000.json"))).isEqualTo(50_000 * committed.rows());
    }
  }
}
