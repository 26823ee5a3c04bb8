package dev.samzabatch.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Place;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.job.SystemSpec;
import dev.samzabatch.kafka.KafkaCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two state directories with one mirror on a real broker. */
class MirroredRunsTest {

  private final String runId = RunIds.next(ZonedDateTime.now());

  @TempDir
  Path directory;
  private RunMirror mirror;
  private StateDirectory here;
  private StateDirectory there;

  @BeforeEach
  void connect() throws IOException {
    KafkaSpec kafka =
        new KafkaSpec(KafkaCluster.shared().bootstrap(), Map.of(), Optional.empty(), Duration.ofSeconds(30));
    SystemSpec bus = new SystemSpec("bus", Place.none(), SystemSpec.Type.KAFKA, Optional.empty(), Optional.of(kafka));
    mirror = RunMirror.open(bus, StreamsOn.LOCAL, Map.of());
    here = state("here");
    there = state("there");
  }

  private StateDirectory state(String name) {
    StateDirectory state = new StateDirectory(directory.resolve(name));
    state.mirrorTo(Optional.of(mirror));
    return state;
  }

  @AfterEach
  void disconnect() throws IOException {
    here.forget(mirror, runId);
    mirror.close();
  }

  private RunRecord begin() throws IOException {
    return begin(runId);
  }

  private RunRecord begin(String runId) throws IOException {
    RunRecord record = RunRecord.started(runId, "job", Path.of("/job.conf"), Instant.now());
    here.create(here.runDirectory(runId));
    here.share(runId);
    record.write(here);
    return record;
  }

  private void pull(StateDirectory state) throws IOException {
    new MirroredRuns(state, mirror).pull();
  }

  private static List<String> files(StateDirectory state, String runId) throws IOException {
    try (Stream<Path> files = Files.list(state.runDirectory(runId))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatOneSavesTheOtherHas() throws IOException {
    RunRecord record = begin();
    pull(there);
    assertThat(RunRecord.read(there.runDirectory(runId))).isEqualTo(record);
    assertThat(files(there, runId)).isEqualTo(files(here, runId)).containsExactly("mirrored", "run.json");
    record.with(RunStatus.FAILED).write(here);
    pull(there);
    assertThat(RunRecord.read(there.runDirectory(runId)).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void theMirrorWinsOverWhatIsOnDisk() throws IOException {
    RunRecord record = begin();
    record.with(RunStatus.DONE).write(here);
    here.mirrorTo(Optional.empty());
    record.with(RunStatus.FAILED).write(here);
    here.mirrorTo(Optional.of(mirror));
    pull(here);
    assertThat(RunRecord.read(here.runDirectory(runId)).status()).isEqualTo(RunStatus.DONE);
  }

  @Test
  void aFileThatIsDeletedIsDeletedEverywhere() throws IOException {
    begin();
    here.save(runId, PublishJournal.FILE, Map.of("version", 0));
    pull(there);
    assertThat(files(there, runId)).contains(PublishJournal.FILE);
    here.delete(runId, PublishJournal.FILE);
    pull(there);
    assertThat(files(there, runId)).containsExactly("mirrored", "run.json");
  }

  @Test
  void theIdsOfTopicsAreKnownEverywhere() throws IOException {
    begin();
    here.save(runId, TopicIds.FILE, Map.of("version", 1, "ids", Map.of("topic", "id")));
    pull(there);
    assertThat(JsonFile.read(there.runDirectory(runId).resolve(TopicIds.FILE)))
        .containsEntry("ids", Map.of("topic", "id"));
  }

  @Test
  void aRunThatIsDeletedIsDeletedEverywhereWithWhatItHasLeft() throws IOException {
    begin();
    here.save(runId, TopicIds.FILE, Map.of("version", 1, "ids", Map.of()));
    pull(there);
    Files.writeString(here.runDirectory(runId).resolve("run.log"), "it ran");
    Cleaner cleaner = new Cleaner(there, false);
    cleaner.run(runId);
    assertThat(cleaner.receipt().failures()).isEmpty();
    assertThat(mirror.readAll()).doesNotContainKey(runId);
    pull(here);
    assertThat(here.runDirectory(runId)).doesNotExist();
    pull(there);
    assertThat(there.runDirectory(runId)).doesNotExist();
  }

  @Test
  void whoGetsTheLockKnowsWhatTheOneBeforeHasWritten() throws IOException {
    RunRecord record = begin();
    String gone = RunIds.next(ZonedDateTime.now());
    begin(gone);
    pull(there);
    new Cleaner(here, false).run(gone);
    record.with(RunStatus.DONE).write(here);
    try (JobLock lock = JobLock.tryAcquire(there, "job", RunIds.next(ZonedDateTime.now())).orElseThrow()) {
      lock.requireHeld();
      assertThat(RunRecord.read(there.runDirectory(runId)).status()).isEqualTo(RunStatus.DONE);
      assertThat(there.runDirectory(gone)).doesNotExist();
    }
  }

  @Test
  void runsOfThisHostOnlyAndOfAnotherRegistryAreLeftAlone() throws IOException {
    String own = RunIds.next(ZonedDateTime.now());
    String foreign = RunIds.next(ZonedDateTime.now());
    for (String id : List.of(own, foreign)) {
      here.create(here.runDirectory(id));
      RunRecord.started(id, "job", Path.of("/job.conf"), Instant.now()).write(here);
    }
    Files.writeString(here.runDirectory(foreign).resolve(StateDirectory.MIRRORED), "bus another\n");
    pull(here);
    assertThat(files(here, own)).containsExactly("run.json");
    assertThat(files(here, foreign)).containsExactly("mirrored", "run.json");
    assertThat(mirror.readAll()).doesNotContainKeys(own, foreign);
    assertThat(here.isShared(foreign)).isTrue();
    Cleaner cleaner = new Cleaner(here, false);
    cleaner.run(foreign);
    assertThat(cleaner.receipt().failures()).singleElement().asString().contains("bus another", "is not connected");
    assertThat(files(here, foreign)).containsExactly("mirrored", "run.json");
  }

  @Test
  void keysThatAreNoFilesOfRunsArePassedOver() throws IOException {
    mirror.put("../../outside", "run.json", "{}".getBytes(UTF_8));
    begin();
    mirror.put(runId, "../stray", "{}".getBytes(UTF_8));
    pull(there);
    assertThat(files(there, runId)).containsExactly("mirrored", "run.json");
    assertThat(directory.resolve("there/runs/stray")).doesNotExist();
    mirror.remove(runId, "../stray");
    mirror.remove("../../outside", "run.json");
  }

  @Test
  void aRunThatDiedBeforeItsRecordIsForgotten() throws IOException {
    here.create(here.runDirectory(runId));
    here.share(runId);
    UnbegunRun.delete(here, runId);
    assertThat(here.runDirectory(runId)).doesNotExist();
  }

  @Test
  void pullingWhileARunWritesEndsWithWhatItHasWritten() throws Exception {
    RunRecord record = begin();
    Thread writer = new Thread(() -> {
      try {
        for (int i = 0; i < 30; i++) {
          record.withPlan("plan-" + i).write(here);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    writer.start();
    do {
      pull(state("here"));
    } while (writer.isAlive());
    writer.join();
    pull(there);
    assertThat(RunRecord.read(here.runDirectory(runId)).planHash()).isEqualTo("plan-29");
    assertThat(RunRecord.read(there.runDirectory(runId)).planHash()).isEqualTo("plan-29");
  }
}
