package dev.samzabatch.chaos;

import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.Topics;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunStatus;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A job in one form over a cluster, with topics of its own, and what it must give. */
final class KafkaBench implements Closeable {

  private static final int PAGES = 7;

  private final KafkaForm form;
  private final KafkaCluster cluster;
  private final String name;
  private final Lab lab = Lab.open();
  private long sent;

  /**
   * Makes the topics.
   *
   * @param name of the job, and the beginning of its topics' names
   * @param timeout of the job's system
   */
  KafkaBench(KafkaForm form, KafkaCluster cluster, String name, String timeout) throws IOException {
    this.form = form;
    this.cluster = cluster;
    this.name = name;
    topics().create(name + "-in", 4);
    for (String output : form.outputs()) {
      topics().create(KafkaForm.topic(name, output), 3);
    }
    lab.job(form.job(cluster, name, timeout));
  }

  Lab lab() {
    return lab;
  }

  boolean isEndless() {
    return form.isStreaming();
  }

  private Topics topics() {
    return cluster.topics();
  }

  /** Sends so many views more, 100 for each minute of their time, which is in disorder by 4 seconds. */
  void send(int count) {
    long from = sent;
    topics().sendMany(name + "-in", count, i -> "k" + (from + i), i -> {
      long id = from + i;
      Instant ts = Instant.parse("2026-01-01T00:00:00Z").plusMillis(id * 600 + id * 7919 % 4000);
      return "{\"id\":" + id + ",\"page\":\"p" + id % PAGES + "\",\"ts\":\"" + ts + "\"}";
    });
    sent += count;
  }

  /** The newest run of the job, if there is one. */
  Optional<RunRecord> newest() {
    return lab.runs().stream().filter(r -> r.job().equals(name)).findFirst();
  }

  boolean isDone() {
    return newest().filter(r -> r.status() == RunStatus.DONE).isPresent();
  }

  /** How many rows of an output consumers of committed records see. */
  int rows(String output) {
    return topics().values(KafkaForm.topic(name, output)).size();
  }

  /** What is wrong with the topics of the outputs, against what a batch into files gives; and what is left behind. */
  String wrong() throws IOException {
    StringBuilder wrong = new StringBuilder();
    try (Lab files = Lab.open()) {
      files.job(form.toFiles(cluster, name));
      if (files.run().filter(o -> o.record().status() == RunStatus.DONE).isEmpty()) {
        return "the batch into files fails: " + files.refusal();
      }
      List<String> all = files.rows();
      for (String output : form.outputs()) {
        String label = output + ": ";
        List<String> expected =
            all.stream().filter(r -> r.startsWith(label)).map(r -> r.substring(label.length())).toList();
        String difference = Lab.difference(topics().values(KafkaForm.topic(name, output)), expected);
        if (expected.isEmpty() || !difference.equals("[]")) {
          wrong.append(output).append(" of ").append(expected.size()).append(" rows: ").append(difference).append(' ');
        }
      }
    }
    List<String> left = topics().names().stream().filter(t -> t.matches(name + "-.*[0-9]{8}-[0-9]{6}.*")).toList();
    List<String> groups = topics().groups().stream().filter(g -> g.startsWith(name)).toList();
    return wrong + (left.isEmpty() ? "" : "topics left: " + left + " ")
        + (groups.isEmpty() ? "" : "groups left: " + groups);
  }

  @Override
  public void close() throws IOException {
    lab.close();
  }
}
