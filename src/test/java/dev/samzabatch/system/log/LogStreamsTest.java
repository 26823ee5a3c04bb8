package dev.samzabatch.system.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.RandomBatches;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.Values;
import dev.samzabatch.data.Watermark;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStreamsTest {

  private static final long[] NEW = new long[0];
  private static final Schema NUMBERS = SchemaText.parse("n long");

  @TempDir
  Path directory;
  private LogStreams streams;

  @BeforeEach
  void openStreams() {
    streams = new LogStreams(directory.resolve("streams"));
  }

  @Test
  void everyRowOfEveryTypeComesBackOnceAndInOrder() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      RandomBatches random = new RandomBatches(seed);
      StreamSpec stream = create("s" + seed, random.schema(), 3);
      List<List<Object>> rows = random.rows(stream.schema(), 500);
      try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
        for (int from = 0; from < 500; from += 100) {
          RecordBatch batch = Values.batch(stream.schema(), rows.subList(from, from + 100));
          writer.append(from / 100 % 3, batch, IntStream.range(0, 100).toArray(), 0, 100);
        }
        assertThat(writer.rows()).isEqualTo(500);
        streams.publish(stream, "c0", writer.flush());
      }
      assertThat(rows(stream, 0)).isEqualTo(join(rows.subList(0, 100), rows.subList(300, 400)));
      assertThat(rows(stream, 1)).isEqualTo(join(rows.subList(100, 200), rows.subList(400, 500)));
      assertThat(rows(stream, 2)).isEqualTo(rows.subList(200, 300));
    }
  }

  @Test
  void onlyTheGivenRowsOfABatchAreAppended() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 1);
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      writer.append(0, numbers(10, 20), new int[] {0, 9, 3, 4, 7}, 1, 3);
      streams.publish(stream, "c0", writer.flush());
    }
    assertThat(items(stream, 0)).containsExactly(19L, 13L, 14L);
  }

  @Test
  void nothingIsSeenBeforeItIsPublishedAndNothingBehindIt() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 1);
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW);
        StreamReader reader = streams.openReader(stream, 0, 8)) {
      append(writer, 0, 0, 5);
      long[] first = writer.flush();
      assertThat(reader.poll()).isNull();
      append(writer, 0, 5, 9);
      writer.flush();
      streams.publish(stream, "c0", first);
      assertThat(itemsOf(reader)).containsExactly(0L, 1L, 2L, 3L, 4L);
      streams.publish(stream, "c0", writer.flush());
      assertThat(itemsOf(reader)).containsExactly(5L, 6L, 7L, 8L);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void marksStandBehindTheDataInEveryPartition() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 3);
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      append(writer, 1, 0, 3);
      writer.watermark(new Watermark("täsk-1", 123_456_789_012L));
      append(writer, 1, 3, 4);
      writer.endOfStream("täsk-1");
      streams.publish(stream, "c0", writer.flush());
    }
    List<Object> marks = List.of(new Watermark("täsk-1", 123_456_789_012L), new EndOfStream("täsk-1"));
    assertThat(items(stream, 0)).isEqualTo(marks);
    assertThat(items(stream, 1)).isEqualTo(List.of(0L, 1L, 2L, marks.get(0), 3L, marks.get(1)));
    assertThat(items(stream, 2)).isEqualTo(marks);
  }

  @Test
  void aPartitionIsTheUnionOfItsLanes() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 2);
    try (StreamWriter one = streams.openWriter(stream, "c0", NEW);
        StreamWriter two = streams.openWriter(stream, "c1", NEW)) {
      append(one, 0, 0, 10);
      append(two, 0, 10, 20);
      append(two, 1, 20, 30);
      streams.publish(stream, "c1", two.flush());
      assertThat(items(stream, 0)).containsExactlyElementsOf(range(10, 20));
      streams.publish(stream, "c0", one.flush());
      assertThat(items(stream, 0)).containsExactlyInAnyOrderElementsOf(range(0, 20));
      assertThat(items(stream, 1)).containsExactlyElementsOf(range(20, 30));
    }
  }

  @Test
  void positionsAreExactBetweenAnyTwoBatchesOfAnySize() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 1);
    fillTwoLanes(stream, 10_000);
    List<Object> all = items(stream, 0);
    for (int batchRows : new int[] {7, 1024, 5000}) {
      try (StreamReader reader = streams.openReader(stream, 0, batchRows)) {
        int read = 0;
        for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
          read += item instanceof RecordBatch batch ? batch.rowCount() : 1;
          if (batchRows > 1000 || read % 97 == 0) {
            assertRest(stream, reader.position(), all.subList(read, all.size()));
          }
        }
        assertThat(read).isEqualTo(all.size());
        assertRest(stream, reader.position(), List.of());
      }
    }
  }

  private void assertRest(StreamSpec stream, Map<String, LanePosition> position, List<Object> expected)
      throws IOException {
    try (StreamReader other = streams.openReader(stream, 0, 333)) {
      other.poll();
      other.seek(position);
      assertThat(other.position()).isEqualTo(position);
      assertThat(itemsOf(other)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private void fillTwoLanes(StreamSpec stream, int rows) throws IOException {
    for (String lane : List.of("c0", "c1")) {
      try (StreamWriter writer = streams.openWriter(stream, lane, NEW)) {
        append(writer, 0, 0, rows);
        writer.endOfStream(lane);
        streams.publish(stream, lane, writer.flush());
      }
    }
  }

  @Test
  void anUncommittedTailIsCutOffAndWrittenAnew() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 2);
    long[] committed;
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      append(writer, 0, 0, 10);
      committed = writer.flush();
      append(writer, 0, 10, 15);
      append(writer, 1, 10, 15);
      writer.flush();
    }
    assertThat(committed[1]).isZero();
    Files.write(file("s", 0), new byte[] {'S', 'B', 'l'}, StandardOpenOption.APPEND);

    try (StreamWriter writer = streams.openWriter(stream, "c0", committed)) {
      assertThat(Files.size(file("s", 0))).isEqualTo(committed[0]);
      assertThat(file("s", 1)).doesNotExist();
      append(writer, 0, 20, 22);
      streams.publish(stream, "c0", writer.flush());
    }
    assertThat(items(stream, 0)).containsExactlyElementsOf(join(range(0, 10), range(20, 22)));
  }

  @Test
  void aNewLaneForgetsWhatADeadOneLeft() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 1);
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      append(writer, 0, 0, 10);
      writer.flush();
    }
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      append(writer, 0, 5, 6);
      streams.publish(stream, "c0", writer.flush());
    }
    assertThat(items(stream, 0)).containsExactly(5L);
  }

  @Test
  void aLaneShorterThanItsCheckpointIsRefused() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 1);
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      append(writer, 0, 0, 10);
      writer.flush();
    }
    assertThatThrownBy(() -> streams.openWriter(stream, "c0", new long[] {1_000_000}))
        .isInstanceOf(DamagedLogException.class).hasMessageContaining(file("s", 0) + " at byte ")
        .hasMessageContaining("1000000 bytes of it were committed");
  }

  @Test
  void manyPartitionsShareABoundedMemory() throws IOException {
    Schema schema = SchemaText.parse("n long, text string");
    StreamSpec stream = create("s", schema, 100);
    LogStreams frugal = new LogStreams(directory.resolve("streams"), 50_000);
    try (StreamWriter writer = frugal.openWriter(stream, "c0", NEW)) {
      Random random = new Random(1);
      for (int i = 0; i < 300; i++) {
        List<List<Object>> rows = new ArrayList<>();
        for (int k = 0; k < 50; k++) {
          rows.add(List.of((long) i * 50 + k, "x".repeat(random.nextInt(100))));
        }
        writer.append(random.nextInt(100), Values.batch(schema, rows), IntStream.range(0, 50).toArray(), 0, 50);
      }
      assertThat(writer.bytes()).as("most was written before the flush").isGreaterThan(40_000);
      streams.publish(stream, "c0", writer.flush());
    }
    List<Object> seen = new ArrayList<>();
    for (int partition = 0; partition < 100; partition++) {
      rows(stream, partition).forEach(row -> seen.add(row.get(0)));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(range(0, 15_000));
  }

  @Test
  void aSingleRowLargerThanABlockIsKept() throws IOException {
    StreamSpec stream = create("s", SchemaText.parse("s string"), 1);
    String large = "0123456789".repeat(200_000);
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      writer.append(0, Values.batch(stream.schema(), List.of(List.of("a"), List.of(large))), new int[] {0, 1, 0}, 0, 3);
      streams.publish(stream, "c0", writer.flush());
    }
    assertThat(rows(stream, 0)).isEqualTo(List.of(List.of("a"), List.of(large), List.of("a")));
  }

  @Test
  void everyFlippedBitOfAFileIsFound() throws IOException {
    StreamSpec stream = create("s", SchemaText.parse("n long, s string null"), 1);
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      writer.append(0, Values.batch(stream.schema(), new RandomBatches(4).rows(stream.schema(), 5)),
          new int[] {0, 1, 2, 3, 4}, 0, 5);
      writer.endOfStream("t");
      streams.publish(stream, "c0", writer.flush());
    }
    byte[] intact = Files.readAllBytes(file("s", 0));
    for (int at = 0; at < intact.length; at++) {
      byte[] damaged = intact.clone();
      damaged[at] ^= 1 << at % 8;
      Files.write(file("s", 0), damaged);
      assertThatThrownBy(() -> items(stream, 0)).as("byte %d", at)
          .isInstanceOf(DamagedLogException.class).hasMessageContaining(file("s", 0) + " at byte ");
    }
  }

  @Test
  void aFileThatIsShorterThanPublishedIsDamage() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 1);
    long[] lengths;
    try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
      append(writer, 0, 0, 1000);
      lengths = writer.flush();
    }
    try (RandomAccessFile file = new RandomAccessFile(file("s", 0).toFile(), "rw")) {
      file.setLength(lengths[0] - 1);
    }
    streams.publish(stream, "c0", lengths);
    assertThatThrownBy(() -> items(stream, 0)).isInstanceOf(DamagedLogException.class)
        .hasMessageContaining("the block is cut off");
    streams.publish(stream, "c0", new long[] {lengths[0] - 1});
    assertThatThrownBy(() -> items(stream, 0)).isInstanceOf(DamagedLogException.class)
        .hasMessageContaining("the block is cut off");
  }

  @Test
  void theFileOfAnotherStreamIsRefused() throws IOException {
    StreamSpec one = create("one", NUMBERS, 1);
    create("two", NUMBERS, 1);
    long[] lengths;
    try (StreamWriter writer = streams.openWriter(one, "c0", NEW)) {
      append(writer, 0, 0, 3);
      lengths = writer.flush();
    }
    Files.copy(file("one", 0), file("two", 0));
    StreamSpec two = new StreamSpec("two", StreamSpec.Kind.INTERMEDIATE, NUMBERS, 1);
    streams.publish(two, "c0", lengths);
    assertThatThrownBy(() -> items(two, 0)).isInstanceOf(DamagedLogException.class).hasMessageContaining("stream=one");
    assertThatThrownBy(() -> streams.openWriter(two, "c0", lengths)).isInstanceOf(DamagedLogException.class)
        .hasMessageContaining("belongs to another stream");
  }

  @Test
  void deletingTakesTheStreamsFilesAndNothingElse() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 2);
    create("other", NUMBERS, 1);
    fillTwoLanes(stream, 10);
    long bytes = Files.size(file("s", 0)) * 2 + Files.size(file("s", 1)) * 2;
    assertThat(streams.names()).containsExactly("other", "s");

    assertThat(streams.delete("s")).isEqualTo(bytes);
    assertThat(streams.delete("s")).isZero();
    assertThat(streams.names()).containsExactly("other");
  }

  @Test
  void aStrangersFileInAStreamsDirectoryIsLeftThere() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 1);
    fillTwoLanes(stream, 10);
    Path note = Files.writeString(file("s", 0).resolveSibling("note.txt"), "mine");
    assertThatThrownBy(() -> streams.delete("s"))
        .isInstanceOf(IOException.class).hasMessageContaining("belong to no stream");
    assertThat(note).hasContent("mine");
    assertThat(file("s", 0)).doesNotExist();
  }

  @Test
  void namesThatCouldMeanAnotherDirectoryAreRefused() throws IOException {
    Files.createDirectories(directory.resolve("precious"));
    for (String name : List.of("", ".", "..", "../precious", "a/b", "/tmp", ".hidden", "a\0b", "a b")) {
      assertThatThrownBy(() -> streams.delete(name)).isInstanceOf(IllegalArgumentException.class);
    }
    StreamSpec stream = create("s", NUMBERS, 1);
    assertThatThrownBy(() -> streams.openWriter(stream, "../c0", NEW)).isInstanceOf(IllegalArgumentException.class);
    assertThat(directory.resolve("precious")).exists();
  }

  @Test
  void aLinkToAnotherDirectoryIsNoStream() throws IOException {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("p0-c0.0.log"), "precious");
    Files.createDirectories(directory.resolve("streams"));
    Files.createSymbolicLink(directory.resolve("streams/link"), elsewhere);
    assertThat(streams.names()).isEmpty();
    assertThat(streams.delete("link")).isZero();
    assertThat(file).hasContent("precious");
  }

  @Test
  void aStreamIsCreatedOnce() throws IOException {
    StreamSpec stream = create("s", NUMBERS, 1);
    assertThatThrownBy(() -> streams.create(stream)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void publicationsWakeThoseWhoWait() throws Exception {
    StreamSpec stream = create("s", NUMBERS, 1);
    long seen = streams.publications();
    Thread waiting = new Thread(() -> {
      try {
        streams.awaitPublished(seen, 120_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    waiting.start();
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    streams.publish(stream, "c0", new long[1]);
    waiting.join(60_000);
    assertThat(waiting.isAlive()).isFalse();
    assertThat(streams.publications()).isEqualTo(seen + 1);
    streams.awaitPublished(seen + 1, 1);
  }

  @Test
  void aReaderFollowsAWriterOfAnotherThread() throws Exception {
    StreamSpec stream = create("s", NUMBERS, 1);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
      try (StreamWriter writer = streams.openWriter(stream, "c0", NEW)) {
        for (int i = 0; i < 200; i++) {
          append(writer, 0, i * 100, i * 100 + 100);
          streams.publish(stream, "c0", writer.flush());
        }
        writer.endOfStream("t");
        streams.publish(stream, "c0", writer.flush());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
    List<Object> read = new ArrayList<>();
    try (StreamReader reader = streams.openReader(stream, 0, 64)) {
      while (!read.contains(new EndOfStream("t"))) {
        long seen = streams.publications();
        List<Object> items = itemsOf(reader);
        read.addAll(items);
        if (items.isEmpty()) {
          streams.awaitPublished(seen, 10_000);
        }
      }
    }
    writing.get();
    assertThat(read).startsWith(range(0, 20_000).toArray()).hasSize(20_001);
  }

  private StreamSpec create(String name, Schema schema, int partitions) throws IOException {
    StreamSpec stream = new StreamSpec(name, StreamSpec.Kind.INTERMEDIATE, schema, partitions);
    streams.create(stream);
    return stream;
  }

  private Path file(String stream, int partition) {
    return directory.resolve("streams/" + stream + "/p" + partition + "-c0.0.log");
  }

  private static RecordBatch numbers(long from, long to) {
    return Values.batch(NUMBERS, LongStream.range(from, to).mapToObj(List::of).toList());
  }

  private static void append(StreamWriter writer, int partition, int from, int to) throws IOException {
    writer.append(partition, numbers(from, to), IntStream.range(0, to - from).toArray(), 0, to - from);
  }

  private List<List<Object>> rows(StreamSpec stream, int partition) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    try (StreamReader reader = streams.openReader(stream, partition, 64)) {
      for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
        rows.addAll(Values.rows((RecordBatch) item));
      }
    }
    return rows;
  }

  /** The first column of the rows, and the marks. */
  private List<Object> items(StreamSpec stream, int partition) throws IOException {
    try (StreamReader reader = streams.openReader(stream, partition, 1024)) {
      return itemsOf(reader);
    }
  }

  private static List<Object> itemsOf(StreamReader reader) throws IOException {
    List<Object> items = new ArrayList<>();
    for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
      if (item instanceof RecordBatch batch) {
        assertThat(batch.rowCount()).isPositive();
        Values.rows(batch).forEach(row -> items.add(row.get(0)));
      } else {
        items.add(item);
      }
    }
    return items;
  }

  private static List<Object> range(long from, long to) {
    return new ArrayList<>(LongStream.range(from, to).boxed().toList());
  }

  private static <T> List<T> join(List<? extends T> one, List<? extends T> two) {
    List<T> both = new ArrayList<>(one);
    both.addAll(two);
    return Collections.unmodifiableList(both);
  }
}
