package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicReads.numbers;
import static dev.samzabatch.system.kafka.TopicReads.topics;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import dev.samzabatch.system.PartitionRange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TopicSampleTest {

  private static TopicSample sample(TopicReads reads) throws IOException {
    try (KafkaClients clients = TopicReads.clients()) {
      return TopicSample.of(clients, reads.input(), reads.ranges(clients));
    }
  }

  private static List<String> texts(TopicSample sample) {
    return sample.values().stream().map(value -> new String(value, UTF_8)).toList();
  }

  @Test
  void everyPartitionGivesItsShareOfTheSample() throws Exception {
    topics().create("sample-shares", 2);
    topics().send("sample-shares", 0, numbers(10_000, 13_000));
    topics().send("sample-shares", 1, numbers(20_000, 23_000));
    TopicSample sample = sample(TopicReads.of("sample-shares"));
    assertThat(texts(sample)).hasSize(1_000).startsWith("{\"n\":10000}").contains("{\"n\":10499}", "{\"n\":20499}")
        .doesNotContain("{\"n\":10500}");
    assertThat(sample.meanBytes()).isEqualTo(11);
    assertThat(sample.estimatedBytes(List.of(new PartitionRange("sample-shares", 0, 0, 3_000)))).isEqualTo(33_000);
    assertThat(texts(sample(TopicReads.of("sample-shares").endless()))).isEqualTo(texts(sample));
  }

  @Test
  void tombstonesAndAbortedRecordsAreNotInTheSample() throws Exception {
    topics().create("sample-few", 3);
    topics().sendAborted("sample-few", 0, "bad");
    topics().send(List.of(new ProducerRecord<>("sample-few", 1, "k".getBytes(UTF_8), null)));
    topics().sendCommitted("sample-few", 1, numbers(5, 7));
    assertThat(texts(sample(TopicReads.of("sample-few")))).containsExactly(numbers(5, 7));
  }

  @Test
  void recordsThatWereDeletedSinceTheRangesWereFixedAreNotInTheSample() throws Exception {
    topics().create("sample-trimmed", 1);
    topics().send("sample-trimmed", 0, numbers(0, 10));
    try (KafkaClients clients = TopicReads.clients()) {
      List<PartitionRange> ranges = TopicReads.of("sample-trimmed").ranges(clients);
      topics().deleteBefore("sample-trimmed", 0, 8);
      assertThat(texts(TopicSample.of(clients, TopicReads.of("sample-trimmed").input(), ranges)))
          .containsExactly(numbers(8, 10));
    }
  }

  @Test
  void aTopicWithoutRecordsHasAnEmptySample() throws Exception {
    topics().create("sample-none", 2);
    TopicSample sample = sample(TopicReads.of("sample-none"));
    assertThat(sample.values()).isEmpty();
    assertThat(sample.estimatedBytes(List.of())).isZero();
  }

  @Test
  void aClusterThatDoesNotAnswerIsAnError() {
    try (KafkaClients clients = TopicReads.clients("127.0.0.1:1", Duration.ofSeconds(1))) {
      List<PartitionRange> ranges = List.of(new PartitionRange("any", 0, 0, 5));
      assertThatThrownBy(() -> TopicSample.of(clients, TopicReads.of("any").input(), ranges))
          .isInstanceOf(UserException.class).hasMessageContaining("SB-4301").hasMessageContaining("127.0.0.1:1");
    }
  }
}
