package dev.samzabatch.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the runs of a state directory what its mirror says. The mirror is never behind the directory, see
 * {@link StateDirectory#save}, so that it always wins. A run under way may write while we do; then our next look at the
 * mirror sees what it has written, and the last look finds nothing to be done.
 */
final class MirroredRuns {

  /** In the order in which they are written: what has a record can be listed, and needs the others. */
  private static final List<String> FILES = List.of(Manifest.FILE, TopicIds.FILE, PublishJournal.FILE, RunRecord.FILE);

  private static final int MAX_LOOKS = 20;

  private final StateDirectory state;
  private final RunMirror mirror;
  private final Optional<String> locked;

  MirroredRuns(StateDirectory state, RunMirror mirror) {
    this(state, mirror, Optional.empty());
  }

  /**
   * For one who may have the lock of a job.
   *
   * @param locked that job: none of its runs is under way
   */
  MirroredRuns(StateDirectory state, RunMirror mirror, Optional<String> locked) {
    this.state = state;
    this.mirror = mirror;
    this.locked = locked;
  }

  /** Writes what has come or changed, and deletes what is gone. */
  void pull() throws IOException {
    boolean changed = true;
    for (int i = 0; changed && i < MAX_LOOKS; i++) {
      changed = look();
    }
  }

  /** What is here is found before the mirror is read: all of that was there before it was here. */
  private boolean look() throws IOException {
    Map<String, Set<String>> here = here();
    Map<String, Map<String, byte[]>> there = mirror.readAll();
    boolean changed = false;
    for (Map.Entry<String, Map<String, byte[]>> run : there.entrySet()) {
      if (run.getValue().containsKey(RunRecord.FILE)) {
        changed |= update(run.getKey(), run.getValue(), here.getOrDefault(run.getKey(), Set.of()));
      }
    }
    for (String runId : here.keySet()) {
      if (!there.getOrDefault(runId, Map.of()).containsKey(RunRecord.FILE)) {
        changed |= drop(runId);
      }
    }
    return changed;
  }

  /** The runs of the mirror that have a record here, with the files that they have. */
  private Map<String, Set<String>> here() {
    Map<String, Set<String>> runs = new LinkedHashMap<>();
    for (String runId : new RunRegistry(state).ids()) {
      Path directory = state.runDirectory(runId);
      if (state.mirrorOf(runId).isPresent() && RunRecord.exists(directory)) {
        Set<String> files = new TreeSet<>(FILES);
        files.removeIf(file -> !Files.exists(directory.resolve(file)));
        runs.put(runId, files);
      }
    }
    return runs;
  }

  private boolean update(String runId, Map<String, byte[]> files, Set<String> here) throws IOException {
    Path directory = state.runDirectory(runId);
    if (state.mirrorOf(runId).isEmpty()) {
      if (RunRecord.exists(directory)) {
        return false;
      }
      state.create(directory);
      state.share(runId);
    }
    boolean changed = false;
    for (String name : FILES) {
      Path file = directory.resolve(name);
      byte[] text = files.get(name);
      if (text == null) {
        changed |= here.contains(name) && Files.deleteIfExists(file);
      } else if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), text)) {
        write(file, text);
        changed = true;
      }
    }
    return changed;
  }

  /** Under a name of our own first: the run itself may be writing the same file. */
  private static void write(Path file, byte[] text) throws IOException {
    Path unfinished = file.resolveSibling(
        file.getFileName() + "-" + ProcessHandle.current().pid() + "-" + Thread.currentThread().getId()
            + ".unfinished");
    try {
      Files.write(unfinished, text);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Deletes a run that somebody has deleted elsewhere, with what its manifest says that it has on this host. */
  private boolean drop(String runId) throws IOException {
    Path directory = state.runDirectory(runId);
    String job = RunRecord.read(directory).job();
    if (!locked.equals(Optional.of(job)) && JobLock.isHeldHere(state, job)) {
      return false;
    }
    state.unshare(runId);
    new Cleaner(new StateDirectory(state.root()), false).run(runId);
    return true;
  }
}
