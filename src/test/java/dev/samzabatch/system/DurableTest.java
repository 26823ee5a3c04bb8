package dev.samzabatch.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {

  @TempDir
  Path directory;

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  @Test
  void aReplacementThatFailsLeavesTheOldBytesAndNothingElse() throws IOException {
    Path file = directory.resolve("fact.json");
    Durable.replace(file, "one".getBytes(StandardCharsets.UTF_8));
    Faults.arm("FILE_REPLACE:enospc");
    assertThatThrownBy(() -> Durable.replace(file, "two".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class).hasMessageContaining("No space left on device");
    assertThat(file).hasContent("one");
    assertThat(directory.toFile().list()).containsExactly("fact.json");
  }

  @Test
  void aFileIsReplacedAndNothingElseIsLeftEvenAfterACrashInTheMiddle() throws IOException {
    Path file = directory.resolve("fact.json");
    Durable.replace(file, "one".getBytes(StandardCharsets.UTF_8));
    Files.writeString(directory.resolve("fact.json.unfinished"), "what a crash left of a longer attempt");
    assertThat(file).hasContent("one");
    Durable.replace(file, "two".getBytes(StandardCharsets.UTF_8));
    assertThat(file).hasContent("two");
    assertThat(directory.toFile().list()).containsExactly("fact.json");
  }
}
