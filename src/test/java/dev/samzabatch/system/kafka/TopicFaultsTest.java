package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicLab.NEW;
import static dev.samzabatch.system.kafka.TopicLab.all;
import static dev.samzabatch.system.kafka.TopicLab.append;
import static dev.samzabatch.system.kafka.TopicLab.range;
import static dev.samzabatch.system.kafka.TopicLab.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Values;
import dev.samzabatch.system.Faults;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attempts that fail or die at any step, and those that go on. */
class TopicFaultsTest {

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  @Test
  void everyStepCanBreakAndTheNextAttemptGoesOnWithWhatIsCommitted() throws IOException {
    for (String point : List.of("BLOCK_WRITE:throw:1", "BLOCK_WRITE:throw:2", "LANE_SYNC:throw:1", "LANE_SYNC:throw:2",
        "BUS_COMMIT:throw", "BUS_COMMITTED:throw")) {
      try (TopicLab lab = TopicLab.open()) {
        TopicStreams streams = lab.process();
        StreamSpec stream = lab.rows(1);
        streams.ensure(stream);
        streams.ensure(lab.checkpoints());
        try (StreamReader reader = streams.openReader(stream, 0, 8)) {
          attempt(lab, streams, stream, "000001-c0", point);
          List<Object> committed = checkpoints(lab, streams, List.of("000001-c0"));
          boolean first = point.startsWith("BUS_COMMITTED");
          assertThat(committed).as(point).isEqualTo(first ? range(1, 2) : List.of());
          assertThat(rest(reader)).as(point).isEqualTo(first ? range(0, 10) : List.of());
          attempt(lab, streams, stream, "000002-c0", "");
          assertThat(rest(reader)).as(point).isEqualTo(range(0, 10));
        }
      }
    }
  }

  /** Writes ten numbers and a checkpoint, with a fault. */
  private static void attempt(TopicLab lab, TopicStreams streams, StreamSpec stream, String lane, String fault)
      throws IOException {
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), lane, NEW);
        StreamWriter writer = streams.openWriter(stream, lane, NEW)) {
      Faults.arm(fault);
      append(writer, 0, 0, 10);
      if (fault.isEmpty()) {
        writer.flush();
        lab.commit(streams, checkpoints, lane, 1);
        return;
      }
      assertThatThrownBy(() -> {
        writer.flush();
        lab.commit(streams, checkpoints, lane, 1);
      }).hasMessageContaining("injected fault");
      Faults.arm("");
      assertThatThrownBy(writer::flush).hasMessageContaining("an earlier call failed");
      assertThatThrownBy(checkpoints::flush).hasMessageContaining("an earlier call failed");
    }
  }

  @Test
  void streamsAndLanesCannotBeOpenedWhereTheyBreak() throws IOException {
    try (TopicLab lab = TopicLab.open()) {
      TopicStreams streams = lab.process();
      Faults.arm("STREAM_CREATE:throw,LANE_OPEN:throw,SEGMENT_DROP:throw");
      assertThatThrownBy(() -> streams.ensure(lab.checkpoints())).hasMessageContaining("STREAM_CREATE");
      streams.ensure(lab.checkpoints());
      assertThatThrownBy(() -> streams.openWriter(lab.checkpoints(), "000001-c0", NEW))
          .hasMessageContaining("LANE_OPEN");
      assertThatThrownBy(() -> streams.drop(lab.checkpoints(), 0)).hasMessageContaining("SEGMENT_DROP");
    }
  }

  private static List<Object> checkpoints(TopicLab lab, TopicStreams streams, List<String> lanes) throws IOException {
    List<Object> found = new ArrayList<>();
    streams.replay(lab.checkpoints(), lanes,
        (lane, item) -> Values.rows((RecordBatch) item).forEach(row -> found.add(row.get(0))));
    return found;
  }

  /**
   * Two containers append numbers to two partitions and a changelog, commit now and then, fail and die, and are started
   * again in the same process or, from another directory, in the next.
   */
  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void exactlyWhatWasCommittedIsThereWhateverHappens(@ForAll Random random) throws IOException {
    try (TopicLab lab = TopicLab.open()) {
      RandomRun run = new RandomRun(lab, random);
      for (int step = 0; step < 60; step++) {
        run.step();
      }
      run.check();
    }
  }

  /** What is written, and what must be there. */
  private static final class RandomRun {

    private final TopicLab lab;
    private final Random random;
    private final StreamSpec stream;
    private final StreamSpec state;
    private final Map<String, Writers> open = new LinkedHashMap<>();
    private final List<List<Object>> expected = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<Object> logged = new ArrayList<>();
    private TopicStreams streams;
    private StreamReader reader;
    private final List<Object> read = new ArrayList<>();
    private long next;
    private int attempts;

    RandomRun(TopicLab lab, Random random) throws IOException {
      this.lab = lab;
      this.random = random;
      this.stream = lab.rows(2);
      this.state = lab.changelog(1);
      startProcess();
    }

    private void startProcess() throws IOException {
      streams = lab.process();
      streams.ensure(stream);
      streams.ensure(state);
      streams.ensure(lab.checkpoints());
      streams.lanes(lab.checkpoints());
    }

    void step() throws IOException {
      String container = "c" + random.nextInt(2);
      if (!open.containsKey(container)) {
        attempts++;
        open.put(container, new Writers(String.format("%06d-%s", attempts, container)));
      }
      switch (random.nextInt(12)) {
        case 0 -> open.remove(container).fail();
        case 1 -> die();
        case 2, 3, 4 -> open.get(container).commit();
        case 5 -> read();
        default -> open.get(container).append();
      }
    }

    /** The process dies without closing anything, and the next one starts. */
    private void die() throws IOException {
      List<Writers> dead = List.copyOf(open.values());
      open.clear();
      reader = null;
      read.clear();
      startProcess();
      for (Writers zombie : dead) {
        if (zombie.hasWritten()) {
          assertThatThrownBy(zombie::tryCommit).isInstanceOf(IOException.class);
        }
        zombie.close();
      }
    }

    private void read() throws IOException {
      if (reader == null) {
        reader = streams.openReader(stream, 0, 7);
      }
      read.addAll(rest(reader));
      assertThat(expected.get(0)).containsAll(read);
    }

    void check() throws IOException {
      for (Writers writers : open.values()) {
        writers.fail();
      }
      open.clear();
      read();
      assertThat(read).containsExactlyInAnyOrderElementsOf(expected.get(0));
      assertThat(all(streams, stream, 1)).containsExactlyInAnyOrderElementsOf(expected.get(1));
      TopicStreams last = lab.process();
      last.ensure(state);
      assertThat(all(last, state, 2)).containsExactlyInAnyOrderElementsOf(logged);
      assertThat(all(last, stream, 0)).isEqualTo(read);
    }

    /** The lanes of one attempt. */
    private final class Writers {

      private final String lane;
      private final StreamWriter checkpoints;
      private final StreamWriter rows;
      private final StreamWriter changes;
      private final List<List<Object>> pending = List.of(new ArrayList<>(), new ArrayList<>());
      private final List<Object> changed = new ArrayList<>();

      Writers(String lane) throws IOException {
        this.lane = lane;
        this.checkpoints = streams.openWriter(lab.checkpoints(), lane, NEW);
        this.rows = streams.openWriter(stream, lane, NEW);
        this.changes = streams.openWriter(state, lane, NEW);
      }

      void append() throws IOException {
        int partition = random.nextInt(2);
        int count = 1 + random.nextInt(20);
        TopicLab.append(rows, partition, next, next + count);
        pending.get(partition).addAll(range(next, next + count));
        if (random.nextBoolean()) {
          rows.write();
        }
        if (random.nextInt(3) == 0) {
          TopicLab.append(changes, 2, next, next + 1);
          changed.add(next);
        }
        next += count;
      }

      boolean hasWritten() {
        return !pending.get(0).isEmpty() || !pending.get(1).isEmpty();
      }

      void tryCommit() throws IOException {
        rows.flush();
        changes.flush();
        lab.commit(streams, checkpoints, lane, next);
      }

      /** Commits; sometimes the attempt fails right before or behind the commit. */
      void commit() throws IOException {
        String fault = random.nextInt(4) > 0 ? "" : random.nextBoolean() ? "BUS_COMMIT" : "BUS_COMMITTED";
        Faults.arm(fault.isEmpty() ? "" : fault + ":throw");
        try {
          tryCommit();
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("injected fault");
        }
        Faults.arm("");
        if (!fault.equals("BUS_COMMIT")) {
          expected.get(0).addAll(pending.get(0));
          expected.get(1).addAll(pending.get(1));
          logged.addAll(changed);
        }
        if (!fault.isEmpty()) {
          open.remove(lane.substring(7)).fail();
        }
        pending.forEach(List::clear);
        changed.clear();
      }

      void close() throws IOException {
        changes.close();
        rows.close();
        checkpoints.close();
      }

      void fail() throws IOException {
        close();
        checkpoints(lab, streams, List.of(lane));
      }
    }
  }
}
