package dev.samzabatch.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The hash of what decides rows and where they lie: operators, schemas, streams and their partition counts. */
final class PlanHash {

  private PlanHash() {}

  static String of(List<Stage> stages, List<PlannedStream> streams, String runId) {
    StringBuilder text = new StringBuilder();
    for (Stage stage : stages) {
      text.append("stage ").append(stage.id()).append(" sources ").append(stage.sources()).append('\n');
      for (PlannedOperator operator : stage.operators()) {
        text.append(operator).append('\n');
      }
    }
    for (PlannedStream stream : streams) {
      text.append(stream).append('\n');
    }
    byte[] bytes = text.toString().replace(runId, "RUN").getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
