package dev.samzabatch.chaos;

import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.system.FaultPoint;
import java.util.List;

/** The forms of a job over Kafka that are broken: where its streams lie, when it publishes, whether it has an end. */
enum KafkaForm {

  LOCAL_AT_END("publish = at-end", ""),
  LOCAL_AS_YOU_GO("publish = as-you-go", ""),
  BUS_AS_YOU_GO("publish = as-you-go", "streams-on = bus"),
  STREAMING("publish = as-you-go", ""),
  STREAMING_ON_BUS("publish = as-you-go", "streams-on = bus");

  /** Where a process may die that a job over Kafka reaches. */
  static final List<FaultPoint> POINTS = List.of(FaultPoint.TASK_BATCH, FaultPoint.COMMIT_BEGIN,
      FaultPoint.COMMIT_STATE_SAVED, FaultPoint.COMMIT_STREAMS_FLUSHED, FaultPoint.COMMIT_FILES_FLUSHED,
      FaultPoint.COMMIT_DONE, FaultPoint.COMMIT_PUBLISHED, FaultPoint.STREAM_CREATE, FaultPoint.LANE_OPEN,
      FaultPoint.BLOCK_WRITE, FaultPoint.LANE_SYNC, FaultPoint.RESTORE_BEGIN, FaultPoint.RESTORE_CUT,
      FaultPoint.RESTORE_STATE, FaultPoint.RESTORE_INPUT, FaultPoint.BUS_COMMIT, FaultPoint.BUS_COMMITTED,
      FaultPoint.OUTPUT_SEAL, FaultPoint.JOURNAL_WRITE, FaultPoint.FILE_REPLACE, FaultPoint.LOCK_TAKE,
      FaultPoint.LOCK_TAKEN, FaultPoint.LOCK_RELEASE, FaultPoint.MANIFEST_WRITTEN, FaultPoint.PURGE_RUN,
      FaultPoint.STREAMS_DELETE, FaultPoint.RECORD_WRITE);

  private static final String VIEWS = """
      views {
        %s, format = json, schema = "id long, page string, ts timestamp"
        %s
      }
      """;

  private static final String BATCH_STEPS = """
      even { from = views, filter = "id % 2 = 0" }
      counts { from = views, by = [page], aggregate = ["count(*) as views", "sum(id) as total"], partitions = 3 }
      """;

  private static final String WINDOW_STEPS = """
      windows {
        from = views, by = [page], window { size = 1m, on = ts }
        aggregate = ["count(*) as views", "max(id) as last"]
      }
      """;

  private final String publish;
  private final String run;

  KafkaForm(String publish, String run) {
    this.publish = publish;
    this.run = run;
  }

  boolean isStreaming() {
    return this == STREAMING || this == STREAMING_ON_BUS;
  }

  /** The names of its outputs. */
  List<String> outputs() {
    return isStreaming() ? List.of("windows") : List.of("even", "counts");
  }

  private String key(String output) {
    return output.equals("windows") ? "[page, window_start]" : output.equals("even") ? "id" : "page";
  }

  /** The topic of an output. */
  static String topic(String name, String output) {
    return name + "-" + output;
  }

  /**
   * The job from topic to topics.
   *
   * @param name of the job, and the beginning of its topics' names
   * @param timeout of the system
   */
  String job(KafkaCluster cluster, String name, String timeout) {
    StringBuilder outputs = new StringBuilder();
    for (String output : outputs()) {
      outputs.append("%s { from = %s, uri = \"bus:%s\", key = %s, %s }%n".formatted(output, output,
          topic(name, output), key(output), publish));
    }
    return text(name, isStreaming() ? "streaming" : "batch", cluster, timeout, outputs.toString(), run);
  }

  /** The job that gives the same rows in files below {@code out}, as a batch. */
  String toFiles(KafkaCluster cluster, String name) {
    StringBuilder outputs = new StringBuilder();
    for (String output : outputs()) {
      outputs.append("%s { from = %s, uri = \"out/%s\", format = json, mode = replace }%n".formatted(output, output,
          output));
    }
    return text(name, "batch", cluster, "30s", outputs.toString(), "").replaceFirst("job = ", "job = files-");
  }

  private String text(String name, String mode, KafkaCluster cluster, String timeout, String outputs, String more) {
    String time = isStreaming() ? "event-time { on = ts, delay = 5s, idle-after = 1h }" : "";
    return """
        job = %s
        mode = %s
        systems { bus { type = kafka, bootstrap.servers = "%s", timeout = %s } }
        inputs { %s }
        steps { %s }
        outputs { %s }
        run { containers = 2, commit-every = 20ms, keep-runs = 0, %s }
        """.formatted(name, mode, cluster.bootstrap(), timeout,
        VIEWS.formatted("uri = \"bus:" + name + "-in\"", time), isStreaming() ? WINDOW_STEPS : BATCH_STEPS, outputs,
        more);
  }
}
