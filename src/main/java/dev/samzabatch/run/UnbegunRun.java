package dev.samzabatch.run;

import dev.samzabatch.system.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run whose process died when it had made its directory, but had no record yet: no list has it, and only the lock of
 * its job still names it.
 */
final class UnbegunRun {

  private UnbegunRun() {}

  /** Deletes the directory of a run, under the lock of its job, if there is nothing in it but unfinished files. */
  static void delete(StateDirectory state, String runId) throws IOException {
    Path directory = state.runDirectory(runId);
    if (!RunIds.isRunId(runId) || !Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(f -> f.getFileName().toString()).toList();
      if (!names.stream().allMatch(name -> name.endsWith(".unfinished") || name.equals(StateDirectory.MIRRORED))) {
        return;
      }
    }
    Optional<RunMirror> mirror = state.mirrorOf(runId);
    FileTree.delete(directory);
    if (mirror.isPresent()) {
      state.forget(mirror.get(), runId);
    }
  }
}
