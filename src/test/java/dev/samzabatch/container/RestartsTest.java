package dev.samzabatch.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.system.FencedException;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.log.DamagedLogException;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartsTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void asOftenAsTheWindowAllows() {
    Restarts restarts = new Restarts(2, Duration.ofSeconds(10));
    IOException failure = new IOException("broken pipe");
    assertThat(restarts.allow(failure, 0)).isTrue();
    assertThat(restarts.allow(failure, SECOND)).isTrue();
    assertThat(restarts.allow(failure, 2 * SECOND)).isFalse();
    assertThat(restarts.allow(failure, 12 * SECOND)).isTrue();
  }

  @Test
  void noRetriesMeansNone() {
    assertThat(new Restarts(0, Duration.ofMinutes(5)).allow(new IOException("x"), 0)).isFalse();
  }

  @Test
  void pausesGrow() {
    Restarts restarts = new Restarts(5, Duration.ofMinutes(5));
    restarts.allow(new IOException("x"), 0);
    long first = restarts.pauseMillis();
    restarts.allow(new IOException("x"), 1);
    assertThat(restarts.pauseMillis()).isGreaterThan(first);
  }

  @Test
  void whatIsTheSameTheNextTimeIsNotTriedAgain() {
    Problem problem = Problem.error("SB-3900", Place.none(), "division by zero", "");
    assertThat(Restarts.mayHelp(new UserException(problem))).isFalse();
    assertThat(Restarts.mayHelp(new IOException("cannot write f", new IOException("No space left on device"))))
        .isFalse();
    assertThat(Restarts.mayHelp(new LinkageError("no such class"))).isFalse();
    assertThat(Restarts.mayHelp(new FencedException("another process goes on with this run", null))).isFalse();
  }

  @Test
  void damagedDataIsNotTriedAgain(@TempDir Path directory) throws IOException {
    StreamSpec stream = new StreamSpec(
        "s", StreamSpec.Kind.INTERMEDIATE, Schema.of(Field.required("v", ScalarType.LONG)), 1);
    try (LogStreams streams = new LogStreams(directory)) {
      streams.create(stream);
      Files.writeString(directory.resolve("s").resolve("p0-000001-c0.0.log"), "something else altogether");
      streams.publish(stream, "000001-c0", new long[] {20});
      try (StreamReader reader = streams.openReader(stream, 0, 10)) {
        Throwable damage = Assertions.catchThrowable(reader::poll);
        assertThat(damage).isInstanceOf(DamagedLogException.class);
        assertThat(Restarts.mayHelp(damage)).isFalse();
      }
    }
  }

  @Test
  void otherFailuresAre() {
    assertThat(Restarts.mayHelp(new IOException("Input/output error"))).isTrue();
    assertThat(Restarts.mayHelp(new UncheckedIOException(new IOException("stale handle")))).isTrue();
    assertThat(Restarts.mayHelp(new IllegalStateException("a bug of ours"))).isTrue();
    assertThat(Restarts.mayHelp(new OutOfMemoryError("Java heap space"))).isTrue();
  }
}
