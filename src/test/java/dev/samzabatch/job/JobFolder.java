package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;

/** A folder with job files, and the way to load them; messages come out without the folder's own path. */
final class JobFolder {

  static final ZonedDateTime START = ZonedDateTime.parse("2026-11-22T15:30:00Z");
  static final String RUN_ID = "20261122-153000-0000abcd";

  private final Path folder;
  private Overrides overrides = Overrides.NONE;

  JobFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes a file; its folders are made. */
  JobFolder file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  JobFolder file(String name, byte[] bytes) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.write(path(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes job.conf. */
  JobFolder job(String text) {
    return file("job.conf", text);
  }

  JobFolder with(Overrides other) {
    this.overrides = other;
    return this;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  JobSpec load() {
    return JobLoader.load(new JobRequest(path("job.conf"), overrides, RUN_ID, START));
  }

  /** The message with which loading fails. */
  String errors() {
    UserException failure = catchThrowableOfType(UserException.class, this::load);
    return failure == null ? "the job was loaded" : plain(failure.getMessage());
  }

  /** The warnings with which loading succeeds. */
  String warnings() {
    return render(load().warnings());
  }

  String render(List<Problem> problems) {
    return plain(String.join("\n", problems.stream().map(Problem::render).toList()));
  }

  private String plain(String message) {
    return message.replace(folder + "/", "");
  }

  /** A job whose step "s" has these keys; its input "v" has columns of no interest. */
  static String jobWithStep(String keys) {
    return """
        job = test
        inputs { v { uri = "v.csv" }, w { uri = "w.csv" } }
        steps {
          s { %s }
        }
        outputs { o { from = s, uri = "o.csv" } }
        """.formatted(keys);
  }

  /** A job without steps with one more section. */
  static String jobWith(String section) {
    return """
        job = test
        inputs { v { uri = "v.csv" } }
        outputs { o { from = v, uri = "o.csv" } }
        %s
        """.formatted(section);
  }
}
