package dev.samzabatch.system.kafka;

import dev.samzabatch.data.BatchCodec;
import dev.samzabatch.data.BatchDecoder;
import dev.samzabatch.data.BatchFormatException;
import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.system.Block;
import dev.samzabatch.system.BlockSink;
import dev.samzabatch.system.BlockWriter;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.LaneItems;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.Publications;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamSpec.Kind;
import dev.samzabatch.system.StreamWriter;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Managed streams in topics of the same names; {@link BlockRecord} draws their records. Everything that one lane writes
 * is one transaction, which {@link StreamWriter#flush()} of its checkpoint stream commits: that is the commit point of
 * rows, marks, state and checkpoint at once. Lengths of lanes say nothing here, and there is never anything to cut off.
 *
 * <p>
 * A partition of a topic is one log of all lanes: a position in it is one of a lane with an empty name. Changelogs are
 * files of this process as well, see {@link MirroredChangelogs}.
 *
 * <p>
 * The first use of a lane bars all other processes from writing to the run. Thread-safe.
 */
public final class TopicStreams implements InternalStreams {

  private static final long TRIM_BYTES = 64L << 20;

  private final TopicContext context;
  private final LaneProducers producers;
  private final MirroredChangelogs changelogs;
  private final long writerMemory;
  private final Publications publications = new Publications();

  /**
   * The streams of a run; nothing is connected yet.
   *
   * @param clients stay open
   * @param run name that this run has alone in the cluster: job and run.id
   * @param local where changelogs lie while this process lives; what is there of them counts for nothing
   * @param parts how many partitions of a changelog belong to one task
   * @param writerMemory how many bytes of rows a writer holds at most
   */
  public TopicStreams(KafkaClients clients, StreamsOn settings, String run, LogStreams local,
      ToIntFunction<StreamSpec> parts, long writerMemory) {
    CommittedEnds ends = new CommittedEnds();
    String prefix = run + "-";
    InternalTopics topics = new InternalTopics(clients, settings);
    Fence fence = new Fence(clients, prefix, ends);
    this.context = new TopicContext(clients, topics, ends, new TopicTrim(clients, TRIM_BYTES), fence);
    this.producers = new LaneProducers(context, prefix);
    this.changelogs = new MirroredChangelogs(context, producers, local, parts);
    this.writerMemory = writerMemory;
  }

  /** The ids of the run's topics, by name: for whoever goes on with the run. */
  public Map<String, String> ids() {
    return context.topics().ids();
  }

  /** Says which topics there were; without them, or with others of the same names, every use of them fails. */
  public void expect(Map<String, String> ids) {
    ids.forEach((topic, id) -> context.topics().expect(topic, Uuid.fromString(id)));
  }

  @Override
  public void create(StreamSpec stream) throws IOException {
    if (context.topics().find(stream.name()).isPresent()) {
      throw new IOException("topic " + stream.name() + " of " + context.clients().system() + " exists already");
    }
    ensure(stream);
  }

  @Override
  public void ensure(StreamSpec stream) throws IOException {
    if (stream.kind() == Kind.CHANGELOG) {
      changelogs.ensure(stream);
    } else {
      context.topics().ensure(stream, stream.partitions());
    }
  }

  @Override
  public List<String> lanes(StreamSpec stream) throws IOException {
    context.fence().others();
    return switch (stream.kind()) {
      case INTERMEDIATE -> List.of();
      case CHANGELOG -> changelogs.lanes(stream);
      case CHECKPOINT -> {
        TreeSet<String> lanes = new TreeSet<>();
        new TopicReplay(context.clients(), stream.name(), 1).read(record -> lanes.add(BlockRecord.lane(record)));
        yield List.copyOf(lanes);
      }
    };
  }

  @Override
  public void replay(StreamSpec stream, Collection<String> lanes, LaneItems items) throws IOException {
    context.fence().others();
    for (String lane : lanes) {
      if (producers.hasOpened(lane)) {
        context.fence().one(producers.transactionalId(lane));
      }
    }
    BatchDecoder decoder = BatchCodec.decoder(stream.schema());
    new TopicReplay(context.clients(), stream.name(), 1).read(record -> {
      String lane = BlockRecord.lane(record);
      Block.Head head = BlockRecord.head(record);
      if (lanes.contains(lane) && head.kind() == Block.BATCH) {
        try {
          decoder.open(record.value(), Block.HEADER, head.payload());
          items.accept(lane, decoder.next(decoder.remaining()));
        } catch (BatchFormatException e) {
          throw BlockRecord.damaged(record, e.getMessage());
        }
      }
    });
  }

  @Override
  public void cut(StreamSpec stream, String lane, long[] lengths) throws IOException {
    if (stream.kind() == Kind.CHANGELOG) {
      changelogs.cut(stream, lane, lengths);
    }
  }

  @Override
  public StreamWriter openWriter(StreamSpec stream, String lane, long[] committed) throws IOException {
    if (stream.kind() == Kind.CHANGELOG) {
      return new BlockWriter(stream, changelogs.openLane(stream, lane, committed), writerMemory);
    }
    FaultPoint.LANE_OPEN.reach();
    context.topics().require(stream.name());
    BlockSink sink = new TopicLane(stream, producers.use(lane), context.topics());
    return new BlockWriter(stream, sink, writerMemory);
  }

  /** Opens a lane for records of outputs, which are committed with everything else that the lane writes. */
  public LaneSink sink(String lane) throws IOException {
    FaultPoint.LANE_OPEN.reach();
    return new LaneSink(context.topics(), producers.use(lane));
  }

  @Override
  public StreamReader openReader(StreamSpec stream, int partition, int batchRows) throws IOException {
    if (stream.kind() == Kind.CHANGELOG) {
      changelogs.prepare(stream);
      return changelogs.local().openReader(stream, partition, batchRows);
    }
    context.topics().require(stream.name());
    return new TopicStreamReader(context, stream, partition, batchRows);
  }

  @Override
  public void publish(StreamSpec stream, String lane, long[] lengths) {
    if (stream.kind() == Kind.CHANGELOG) {
      changelogs.publish(stream, lane, lengths);
    }
    publications.add();
  }

  @Override
  public SortedMap<String, long[]> published(StreamSpec stream) {
    return stream.kind() == Kind.CHANGELOG
        ? changelogs.local().published(stream)
        : Collections.unmodifiableSortedMap(new TreeMap<>());
  }

  @Override
  public long publications() {
    return publications.count();
  }

  @Override
  public void awaitPublished(long seen, long timeoutMillis) throws InterruptedException {
    publications.await(seen, timeoutMillis);
  }

  @Override
  public long dropBefore(StreamSpec stream, int partition, Map<String, LanePosition> positions) throws IOException {
    if (stream.kind() == Kind.CHANGELOG) {
      return changelogs.dropBefore(stream, partition, positions);
    }
    LanePosition position = positions.get(TopicStreamReader.LANE);
    if (position != null) {
      context.trim().before(new TopicPartition(stream.name(), partition), position.offset());
    }
    return 0;
  }

  @Override
  public long drop(StreamSpec stream, int partition) throws IOException {
    if (stream.kind() == Kind.CHANGELOG) {
      return changelogs.drop(stream, partition);
    }
    context.trim().all(new TopicPartition(stream.name(), partition));
    return 0;
  }

  @Override
  public long delete(String name) throws IOException {
    return context.topics().delete(name) + changelogs.delete(name);
  }

  @Override
  public List<String> names() throws IOException {
    return context.topics().names();
  }

  /** Nothing is open here: writers and readers are closed by those who opened them, clients by whoever made them. */
  @Override
  public void close() {}
}
