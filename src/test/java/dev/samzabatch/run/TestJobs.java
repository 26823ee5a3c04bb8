package dev.samzabatch.run;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs jobs in a directory of a test: job.conf there, state in {@code state}. */
final class TestJobs {

  private final Path directory;
  private final StateDirectory state;

  TestJobs(Path directory) {
    this.directory = directory;
    this.state = new StateDirectory(directory.resolve("state"));
  }

  StateDirectory state() {
    return state;
  }

  /** Runs a job that must succeed; otherwise throws what failed it. */
  RunRecord run(String job, RunSettings settings) throws IOException {
    RunOutcome outcome = start(job, settings).outcome();
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
    if (!outcome.record().status().isDone()) {
      throw new IllegalStateException(outcome.record().status() + ": " + outcome.record().failure());
    }
    return outcome.record();
  }

  RunRecord run(String job) throws IOException {
    return run(job, RunSettings.DEFAULT);
  }

  /** Runs a job, whatever becomes of it. */
  JobRunner.Result start(String job, RunSettings settings) throws IOException {
    Path file = directory.resolve("job.conf");
    Files.writeString(file, job);
    return new JobRunner(state, settings, new Silent()).run(request(file));
  }

  static JobRequest request(Path file) {
    ZonedDateTime now = ZonedDateTime.now();
    return new JobRequest(file, Overrides.NONE, RunIds.next(now), now);
  }

  /** All lines of the published files under a directory, files in the order of their names. */
  List<String> lines(String output) throws IOException {
    List<String> lines = new ArrayList<>();
    Path target = directory.resolve(output);
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith("_") && !name.startsWith(".")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines;
  }

  /** The problem that preparing or running the job must end with. */
  UserException failure(String job) throws IOException {
    try {
      RunOutcome outcome = start(job, RunSettings.DEFAULT).outcome();
      if (outcome.failure() != null) {
        return outcome.failure();
      }
      throw new IllegalStateException("the job ended as " + outcome.record().status());
    } catch (UserException e) {
      return e;
    }
  }

  /** Is told everything and does nothing. */
  static class Silent implements RunObserver {
    @Override
    public void warned(Problem warning) {}

    @Override
    public void waiting(LockHolder holder) {}

    @Override
    public void finished(RunRecord earlier) {}

    @Override
    public void resumed(PreparedJob job, List<Takeover> stages) {}

    @Override
    public void stalled(Duration time, Path log) {}

    @Override
    public void purged(Receipt receipt) {}

    @Override
    public void started(PreparedJob job, RunProgress progress) {}

    @Override
    public void ended() {}

    @Override
    public void checked(List<RunRecord.CheckFigures> checks) {}

    @Override
    public void published(RunRecord.OutputFigures output) {}

    @Override
    public void rowsForStandardOutput(Path file) {}

    @Override
    public void cleaned(Receipt receipt) {}
  }
}
