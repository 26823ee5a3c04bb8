package dev.samzabatch.system.kafka;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Who holds the lock of a job, as it stands in the topic of locks:
 *
 * <pre>
 * { "version": 1, "run.id": "...", "pid": 1, "host": "...", "since": "...", "token": "..." }
 * </pre>
 *
 * @param runId the run
 * @param pid its process
 * @param host where that process runs
 * @param since when it took the lock
 * @param token tells this taking of the lock from every other one
 */
public record BusHolder(String runId, long pid, String host, Instant since, String token) {

  private static final int VERSION = 1;

  /** Somebody who is about to take a lock. */
  public static BusHolder of(String runId, long pid, String host) {
    return new BusHolder(runId, pid, host, Instant.now(), UUID.randomUUID().toString());
  }

  byte[] toJson() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("version", VERSION);
    object.put("run.id", runId);
    object.put("pid", pid);
    object.put("host", host);
    object.put("since", since.toString());
    object.put("token", token);
    try {
      return JSON.std.asString(object).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws IOException when this version does not know what it means
   */
  static BusHolder of(byte[] json) throws IOException {
    Map<String, Object> object = JSON.std.mapFrom(json);
    if (!Integer.valueOf(VERSION).equals(object.get("version"))) {
      throw new IOException("version " + object.get("version") + ", expected " + VERSION);
    }
    try {
      return new BusHolder(
          object.get("run.id").toString(), ((Number) object.get("pid")).longValue(), object.get("host").toString(),
          Instant.parse(object.get("since").toString()), object.get("token").toString());
    } catch (RuntimeException e) {
      throw new IOException("damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "run " + runId + ", pid " + pid + " on host " + host + ", since " + since;
  }
}
