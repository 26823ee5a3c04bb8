package dev.samzabatch.system.kafka;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.format.RecordProblem;
import dev.samzabatch.system.BadRecordSink;
import dev.samzabatch.system.PartitionRange;
import dev.samzabatch.system.PartitionWatermarks;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads partitions of topics with one consumer.
 *
 * <p>
 * A partition is at its end when the consumer's position is, not when a record of some offset has come: the last
 * offsets may be those of markers of transactions, of aborted records, or of ones that were compacted away, and such
 * records never come.
 */
public final class TopicReader implements PartitionedReader {

  /** How often the topics are looked at. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private static final Duration WAIT = Duration.ofMillis(5);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  /** So many records are looked at in one poll at most, also when none of them is a row. */
  private static final int MAX_TAKEN = 1 << 16;

  /** Rows {@code [from, to)} of the batch are of this partition. */
  private record Run(ReadPartition partition, int from, int to) {}

  private final KafkaClients clients;
  private final TopicScan scan;
  private final TopicShare share;
  private final Optional<BadRecordSink> badRecords;
  private boolean unbounded;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicRows rows;
  private final TopicWatch watch;
  private final ReadFailures failures;
  private final Patience patience;
  private final PartitionWatermarks watermarks;
  private final FetchedRecords fetched = new FetchedRecords();
  private final Map<TopicPartition, ReadPartition> partitions = new LinkedHashMap<>();
  private final List<ReadPartition> open = new ArrayList<>();
  private final Set<String> topics = new TreeSet<>();
  private final List<Run> runs = new ArrayList<>();
  private boolean assigned;
  private long bytesRead;

  /**
   * Opens a reader.
   *
   * @param badRecords who takes records that do not fit; empty to fail over them
   */
  public TopicReader(KafkaClients clients, TopicScan scan, TopicShare share, Optional<BadRecordSink> badRecords) {
    this(clients, scan, share, badRecords, LOOK_EVERY, System::nanoTime);
  }

  /**
   * Opens a reader with a time of its own.
   *
   * @param lookEvery how often topics are looked at for new partitions
   * @param nanoTime a clock that only goes forward
   */
  TopicReader(KafkaClients clients, TopicScan scan, TopicShare share, Optional<BadRecordSink> badRecords,
      Duration lookEvery, LongSupplier nanoTime) {
    this.clients = clients;
    this.scan = scan;
    this.share = share;
    this.badRecords = badRecords;
    this.unbounded = scan.input().isUnbounded();
    this.rows = new TopicRows(scan);
    this.watermarks = new PartitionWatermarks(scan.eventTime(), nanoTime);
    this.patience = new Patience(clients.timeout(), nanoTime);
    this.failures = new ReadFailures(clients, scan.input());
    this.watch = new TopicWatch(clients, scan.input(), lookEvery, nanoTime);
    this.consumer = clients.consumer("read-" + scan.input().name(), scan.topic().readCommitted());
    for (PartitionRange range : share.own()) {
      add(new TopicPartition(range.topic(), range.partition()), range.start(), range.end());
    }
  }

  private ReadPartition add(TopicPartition at, long start, long end) {
    ReadPartition partition = new ReadPartition(at, start, end);
    partitions.put(at, partition);
    topics.add(at.topic());
    if (!partition.hasEnded()) {
      open.add(partition);
      watermarks.touch(partition.name);
      assigned = false;
    }
    return partition;
  }

  @Override
  public void seek(Map<String, Long> positions) {
    positions.forEach((name, offset) -> {
      int slash = name.lastIndexOf('/');
      TopicPartition at = new TopicPartition(name.substring(0, slash), Integer.parseInt(name.substring(slash + 1)));
      ReadPartition partition = partitions.containsKey(at) ? partitions.get(at) : add(at, offset, Long.MAX_VALUE);
      partition.seek(offset);
      close(partition);
    });
  }

  /** Leaves the partition alone from now on if it is at its end. */
  private void close(ReadPartition partition) {
    if (partition.hasEnded() && open.remove(partition)) {
      watermarks.remove(partition.name);
      assigned = false;
    }
  }

  @Override
  public RecordBatch poll() throws IOException {
    look();
    rows.begin();
    runs.clear();
    FailingBadRecords failing = new FailingBadRecords();
    BadRecordSink bad = badRecords.orElse(failing);
    int taken = 0;
    while (!rows.isFull() && taken < MAX_TAKEN && (fetched.hasNext() || fetch(rows.rows() == 0))) {
      taken += take(bad, MAX_TAKEN - taken);
    }
    failing.throwIfAny();
    if (rows.rows() == 0) {
      return null;
    }
    noteTimes();
    return rows.batch();
  }

  /** Takes records of one partition, and returns how many. */
  private int take(BadRecordSink bad, int most) throws IOException {
    ReadPartition partition = partitions.get(fetched.partition());
    int from = rows.rows();
    int taken = 0;
    while (fetched.hasMoreOfPartition() && !rows.isFull() && taken < most) {
      ConsumerRecord<byte[], byte[]> record = fetched.next();
      if (record.offset() >= partition.end()) {
        fetched.skipPartition();
      } else {
        taken++;
        partition.advance(record.offset() + 1);
        take(partition, record, bad);
      }
    }
    if (rows.rows() > from) {
      runs.add(new Run(partition, from, rows.rows()));
    }
    watermarks.touch(partition.name);
    if (!fetched.hasMoreOfPartition()) {
      partition.advance(fetched.nextOffset(partition.at));
      close(partition);
    }
    return taken;
  }

  private void take(ReadPartition partition, ConsumerRecord<byte[], byte[]> record, BadRecordSink bad)
      throws IOException {
    bytesRead += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    if (record.value() == null && !scan.topic().keepTombstones()) {
      return;
    }
    RecordProblem problem = rows.add(record);
    if (problem != null) {
      Place place = Place.of(clients.system() + ":" + partition.name + " offset " + record.offset());
      bad.take(place, record.key(), record.value(), problem);
    }
  }

  private void noteTimes() {
    if (scan.eventTime().isPresent()) {
      ColumnVector times = rows.times();
      runs.forEach(run -> watermarks.saw(run.partition().name, times, run.from(), run.to()));
    }
  }

  /** Fetches more, and returns whether there are records. */
  private boolean fetch(boolean wait) throws IOException {
    if (!assigned) {
      assign();
    }
    if (open.isEmpty()) {
      return false;
    }
    ConsumerRecords<byte[], byte[]> more = poll(wait ? WAIT : Duration.ZERO);
    fetched.set(more);
    boolean moved = !more.isEmpty();
    for (ReadPartition partition : List.copyOf(open)) {
      if (!more.nextOffsets().containsKey(partition.at)) {
        continue;
      }
      moved = true;
      if (more.records(partition.at).isEmpty()) {
        partition.advance(fetched.nextOffset(partition.at));
        close(partition);
      }
    }
    if (moved || open.stream().allMatch(p -> p.lag() == 0)) {
      patience.renew();
    } else if (wait && patience.isOver()) {
      throw failures.stalled(open);
    }
    return fetched.hasNext();
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration wait) throws IOException {
    try {
      return consumer.poll(wait);
    } catch (OffsetOutOfRangeException e) {
      throw failures.gone(e);
    } catch (InterruptException e) {
      throw new InterruptedIOException("interrupted while reading " + String.join(", ", topics));
    } catch (KafkaException e) {
      throw clients.failure(e, Access.readTopic(String.join(", ", topics)));
    }
  }

  /** Gives the consumer what is open, each partition from where it is. */
  private void assign() {
    Set<TopicPartition> before = consumer.assignment();
    consumer.assign(open.stream().map(p -> p.at).toList());
    for (ReadPartition partition : open) {
      if (!before.contains(partition.at)) {
        consumer.seek(partition.at, partition.next());
      }
    }
    assigned = true;
  }

  /** Learns how the topics are, and takes up partitions that are new. */
  private void look() {
    if (open.isEmpty() && !unbounded) {
      return;
    }
    Optional<TopicWatch.Seen> seen = watch.look(topics);
    if (seen.isEmpty() || !unbounded) {
      return;
    }
    Set<String> planned = share.planned().stream().map(PartitionRange::name).collect(Collectors.toSet());
    seen.get().last().forEach((at, last) -> {
      String name = at.topic() + "/" + at.partition();
      if (!partitions.containsKey(at) && !planned.contains(name) && share.takes(at.topic(), at.partition())) {
        add(at, seen.get().first().get(at), Long.MAX_VALUE);
      }
      if (partitions.containsKey(at)) {
        partitions.get(at).holds(last);
      }
    });
  }

  @Override
  public void untilNow() throws IOException {
    if (!unbounded) {
      return;
    }
    unbounded = false;
    try {
      consumer.endOffsets(open.stream().map(p -> p.at).toList()).forEach((at, end) -> partitions.get(at).endAt(end));
    } catch (KafkaException e) {
      throw clients.failure(e, Access.readTopic(String.join(", ", topics)));
    }
    List.copyOf(open).forEach(this::close);
  }

  @Override
  public boolean hasEnded() {
    return open.isEmpty() && !unbounded;
  }

  @Override
  public Map<String, Long> positions() {
    Map<String, Long> positions = new HashMap<>();
    partitions.values().forEach(partition -> positions.put(partition.name, partition.next()));
    return positions;
  }

  @Override
  public long watermark() {
    for (ReadPartition partition : open) {
      if (partition.lag() > 0) {
        watermarks.touch(partition.name);
      }
    }
    return watermarks.watermark();
  }

  @Override
  public long lag() {
    return partitions.values().stream().mapToLong(ReadPartition::lag).sum();
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE));
  }
}
