package dev.samzabatch.system.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.Formats;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.EventTime;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.Location;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFilesTest {

  private static final Duration LOOK = Duration.ofSeconds(5);

  @TempDir
  Path temp;

  private Path root;
  private final AtomicLong clock = new AtomicLong();

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temp.toRealPath().resolve("in"));
  }

  private Path file(String name, long modified, long... numbers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (long n : numbers) {
      text.append("{\"n\":").append(n).append(",\"at\":\"1970-01-01T00:00:").append(n % 60 / 10).append(n % 10)
          .append("\"}\n");
    }
    Path moved = temp.resolve("moved");
    try (OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(Files.newOutputStream(moved))
        : Files.newOutputStream(moved)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    Files.setLastModifiedTime(moved, FileTime.fromMillis(modified));
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.move(moved, file);
  }

  private GrowingFiles open(String path, int task, int tasks, int batchRows) throws Exception {
    Schema schema = SchemaText.parse("at timestamp, n long");
    EventTime time = new EventTime("at", Duration.ofSeconds(1), Duration.ofSeconds(30));
    Location location = new Location(path, "", root + "/" + path, new Place("job.conf", 3, 7));
    InputSpec input = new InputSpec("in", new Place("job.conf", 3, 3), List.of(location), DataFormat.JSON,
        DelimitedOptions.of(DataFormat.JSON), Optional.of(schema), Optional.empty(), true, Optional.empty(),
        Optional.of(time), Optional.of(LOOK), Optional.empty());
    return new GrowingFiles(input, Formats.of(input), new ReadSpec(schema, List.of(1), batchRows), task, tasks,
        clock::get);
  }

  private GrowingFiles open(String path) throws Exception {
    return open(path, 0, 1, RecordBatch.DEFAULT_ROWS);
  }

  private void wait(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private static boolean poll(PartitionedReader reader, List<Long> rows) throws IOException {
    RecordBatch batch = reader.poll();
    for (int i = 0; batch != null && i < batch.rowCount(); i++) {
      assertThat(batch.columnCount()).isEqualTo(1);
      rows.add(((LongVector) batch.column(0)).get(batch.row(i)));
    }
    return batch != null;
  }

  /** Everything that is there at present. */
  private static List<Long> rows(PartitionedReader reader) throws IOException {
    List<Long> rows = new ArrayList<>();
    while (poll(reader, rows)) {
      assertThat(reader.hasEnded()).isFalse();
    }
    return rows;
  }

  @Test
  void eachFileIsReadOnceTheOldestFirstWhenItIsTimeToLook() throws Exception {
    file("b.json", 1_000, 1, 2);
    file("a.json", 2_000, 3);
    try (GrowingFiles reader = open("*.json")) {
      assertThat(rows(reader)).containsExactly(1L, 2L, 3L);
      file("c.json", 500, 4);
      file("d.json", 500);
      assertThat(rows(reader)).isEmpty();
      wait(LOOK);
      assertThat(rows(reader)).containsExactly(4L);
      wait(LOOK);
      assertThat(rows(reader)).isEmpty();
      assertThat(reader.positions()).hasSize(4).containsEntry(root + "/c.json", GrowingFiles.DONE);
      assertThat(reader.lag()).isZero();
      assertThat(reader.bytesRead()).isPositive();
    }
  }

  @Test
  void filesThatAreNotCompleteYetAreHiddenByTheirNames() throws Exception {
    file("sub/_part.json", 1_000, 1);
    file("sub/.tmp.json", 1_000, 2);
    file("sub/x.json", 1_000, 3);
    try (GrowingFiles reader = open("sub")) {
      assertThat(rows(reader)).containsExactly(3L);
      Files.move(root.resolve("sub/_part.json"), root.resolve("sub/part.json"));
      wait(LOOK);
      assertThat(rows(reader)).containsExactly(1L);
    }
  }

  @Test
  void aPatternMayMatchNothingYetButAFolderMustBeThere() throws Exception {
    try (GrowingFiles reader = open("2026-*/*.json")) {
      assertThat(rows(reader)).isEmpty();
      file("2026-01/x.json", 1_000, 7);
      wait(LOOK);
      assertThat(rows(reader)).containsExactly(7L);
    }
    try (GrowingFiles reader = open("2027")) {
      assertThatThrownBy(reader::poll).isInstanceOf(UserException.class).hasMessageContaining("SB-4001");
    }
  }

  @Test
  void aReaderThatIsPutBackToAnyPositionGivesTheRestOfTheRows() throws Exception {
    file("a.json", 1_000, 1, 2, 3, 4, 5);
    file("b.json.gz", 2_000, 6, 7, 8);
    file("c.json", 3_000, 9);
    List<Long> before = new ArrayList<>();
    try (GrowingFiles first = open("*", 0, 1, 2)) {
      boolean more = true;
      while (more) {
        try (GrowingFiles second = open("*", 0, 1, 3)) {
          second.seek(first.positions());
          List<Long> all = new ArrayList<>(before);
          all.addAll(rows(second));
          assertThat(all).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
        more = poll(first, before);
      }
    }
    assertThat(before).hasSize(9);
  }

  @Test
  void aFileThatChangesAfterItWasFoundIsAnErrorAndOneThatGoesIsNot() throws Exception {
    Path gone = file("a.json", 1_000, 1);
    Path changed = file("b.json", 2_000, 2);
    try (GrowingFiles reader = open("*.json")) {
      assertThat(rows(reader)).containsExactly(1L, 2L);
      Files.delete(gone);
      wait(LOOK);
      assertThat(rows(reader)).isEmpty();
      Files.writeString(changed, "{\"n\":3}\n");
      wait(LOOK);
      assertThatThrownBy(reader::poll).isInstanceOf(UserException.class).hasMessageContaining("SB-4008")
          .hasMessageContaining(changed.getFileName().toString()).hasMessageContaining("rename it when it is complete");
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsAnError() throws Exception {
    Path file = file("a.json", 1_000, 1, 2);
    try (GrowingFiles reader = open("*.json", 0, 1, 1)) {
      assertThat(reader.poll()).isNotNull();
      Files.setLastModifiedTime(file, FileTime.fromMillis(5_000));
      assertThatThrownBy(() -> rows(reader)).isInstanceOf(UserException.class).hasMessageContaining("SB-4008");
    }
  }

  @Test
  void aFileOfWhichAPartWasReadMustBeThere() throws Exception {
    Path file = file("a.json", 1_000, 1, 2);
    Map<String, Long> positions;
    try (GrowingFiles reader = open("*.json", 0, 1, 1)) {
      reader.poll();
      positions = reader.positions();
    }
    Files.delete(file);
    try (GrowingFiles reader = open("*.json")) {
      reader.seek(positions);
      assertThatThrownBy(reader::poll).isInstanceOf(UserException.class).hasMessageContaining("SB-4009")
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void eachFileBelongsToOneTask() throws Exception {
    for (int i = 0; i < 20; i++) {
      file("f" + i + ".json", 1_000, i);
    }
    List<Long> all = new ArrayList<>();
    Map<String, Long> positions = new HashMap<>();
    for (int task = 0; task < 3; task++) {
      try (GrowingFiles reader = open("*.json", task, 3, 10)) {
        List<Long> own = rows(reader);
        assertThat(own).isNotEmpty();
        all.addAll(own);
        positions.putAll(reader.positions());
      }
    }
    assertThat(all).hasSize(20).doesNotHaveDuplicates();
    assertThat(positions).hasSize(20);
  }

  @Test
  void theWatermarkFollowsTheRowsUntilNothingComesForSomeTime() throws Exception {
    file("a.json", 1_000, 20, 10);
    try (GrowingFiles reader = open("*.json")) {
      assertThat(reader.watermark()).isEqualTo(PartitionedReader.NO_WATERMARK);
      assertThat(rows(reader)).hasSize(2);
      assertThat(reader.watermark()).isEqualTo(19_000_000);
      wait(Duration.ofSeconds(31));
      assertThat(reader.watermark()).isEqualTo(PartitionedReader.IDLE);
      file("b.json", 2_000, 25);
      assertThat(rows(reader)).hasSize(1);
      assertThat(reader.watermark()).isEqualTo(24_000_000);
    }
  }
}
