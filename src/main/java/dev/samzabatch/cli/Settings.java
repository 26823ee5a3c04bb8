package dev.samzabatch.cli;

import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.Overrides;
import dev.samzabatch.run.RunIds;
import dev.samzabatch.run.SharedRuns;
import dev.samzabatch.run.StateDirectory;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From options and environment to what the engine is asked for. */
final class Settings {

  private Settings() {}

  /** What is asked for by these options, with a new run.id. */
  static JobRequest request(JobOptions options) {
    Map<String, String> environment = System.getenv();
    Overrides overrides = new Overrides(
        options.overlays(), options.sets(), options.params(), environment, Optional.of(userConfig(environment)));
    ZonedDateTime now = ZonedDateTime.now();
    return new JobRequest(options.file(), overrides, RunIds.next(now), now);
  }

  /** The runs that the state directory shares with other hosts; not connected yet. */
  static SharedRuns shared(StateDirectory state) {
    return new SharedRuns(state, System.getenv());
  }

  /** Connects to where the runs of all hosts are known, if the option says where. */
  static void connect(SharedRuns shared, ViaOptions options) {
    Map<String, String> environment = System.getenv();
    if (options.jobFile().isPresent()) {
      Overrides overrides =
          new Overrides(List.of(), List.of(), Map.of(), environment, Optional.of(userConfig(environment)));
      ZonedDateTime now = ZonedDateTime.now();
      shared.attachVia(new JobRequest(options.jobFile().get(), overrides, RunIds.next(now), now));
    }
  }

  /** The state directory that the option names, else the environment. */
  static StateDirectory state(StateOptions options) {
    return options.directory() == null
        ? StateDirectory.ofEnvironment(System.getenv())
        : new StateDirectory(options.directory());
  }

  /** {@code XDG_CONFIG_HOME/samza-batch/config.conf}, else the same under {@code ~/.config}. */
  static Path userConfig(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(xdg);
    return base.resolve("samza-batch").resolve("config.conf");
  }
}
