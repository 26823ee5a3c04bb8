package dev.samzabatch.run;

import dev.samzabatch.run.Receipt.Item;
import dev.samzabatch.system.file.StagedOutput;
import dev.samzabatch.system.file.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Deletes what the manifests of runs name, and nothing else. Whoever calls it has made sure that the run is not alive.
 * What cannot be deleted is reported and stays in the manifest, so that the next attempt finds it.
 */
public final class Cleaner {

  private final StateDirectory state;
  private final boolean dryRun;
  private final List<Item> items = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * A cleaner for one deletion.
   *
   * @param dryRun whether only to tell what would be deleted
   */
  public Cleaner(StateDirectory state, boolean dryRun) {
    this.state = state;
    this.dryRun = dryRun;
  }

  /** What was (or would be) deleted so far. */
  public Receipt receipt() {
    return new Receipt(List.copyOf(items), List.copyOf(failures));
  }

  /** Deletes the internal streams and staged files of a run; its record and log stay. */
  public void streams(String runId) {
    Path directory = state.runDirectory(runId);
    if (!RunIds.isRunId(runId) || !Manifest.exists(directory)) {
      return;
    }
    try {
      Manifest manifest = Manifest.read(directory);
      for (String stream : manifest.streams()) {
        delete(new Item(runId, "stream", stream, 0), state.streams(runId).resolve(stream));
      }
      for (StagingPlan output : manifest.outputs()) {
        discard(runId, output);
      }
      if (!dryRun && contents(state.streams(runId)).size() == 1) {
        Files.delete(state.streams(runId));
      }
    } catch (IOException e) {
      failures.add(runId + ": " + e.getMessage());
    }
  }

  /** Puts back old results that a run has moved aside and, having died, not replaced; deletes nothing. */
  void putBack(String runId) {
    Path directory = state.runDirectory(runId);
    if (Manifest.exists(directory)) {
      try {
        for (StagingPlan output : Manifest.read(directory).outputs()) {
          StagedOutput.putBack(output);
        }
      } catch (IOException e) {
        failures.add(runId + ": " + e.getMessage());
      }
    }
  }

  /** Deletes everything of a run, its record and log included. */
  public void run(String runId) {
    int failed = failures.size();
    streams(runId);
    if (RunIds.isRunId(runId) && failures.size() == failed) {
      Path directory = state.runDirectory(runId);
      delete(new Item(runId, "run", directory.toString(), 0), directory);
      if (dryRun) {
        countStreamsOnce(runId);
      }
    }
  }

  /** In a dry run the streams are still in the run's directory, the last item, whose bytes were just counted. */
  private void countStreamsOnce(String runId) {
    Item last = items.isEmpty() ? null : items.get(items.size() - 1);
    if (last != null && last.runId().equals(runId) && last.kind().equals("run")) {
      long streams = 0;
      for (Item item : items) {
        streams += item.runId().equals(runId) && item.kind().equals("stream") ? item.bytes() : 0;
      }
      items.set(items.size() - 1, new Item(runId, last.kind(), last.name(), last.bytes() - streams));
    }
  }

  /**
   * Deletes what an output has staged; an old result that was moved aside and has no successor goes back to its place.
   */
  private void discard(String runId, StagingPlan output) {
    try {
      boolean staged = exists(output.staging());
      long bytes = bytes(contents(output.staging())) + (staged ? 0 : bytes(contents(output.aside())));
      boolean any = staged || exists(output.aside());
      if (!dryRun) {
        StagedOutput.discard(output);
      }
      if (any) {
        items.add(new Item(runId, "staging", (staged ? output.staging() : output.aside()).toString(), bytes));
      }
    } catch (IOException e) {
      failures.add(output.staging() + ": " + e);
    }
  }

  /** Deletes a file or a directory with what is in it; links are deleted, not followed. */
  private void delete(Item item, Path path) {
    if (!exists(path)) {
      return;
    }
    try {
      List<Path> inside = contents(path);
      long bytes = bytes(inside);
      if (!dryRun) {
        for (Path one : inside) {
          Files.delete(one);
        }
      }
      items.add(new Item(item.runId(), item.kind(), item.name(), bytes));
    } catch (IOException e) {
      failures.add(path + ": " + e);
    }
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The path and everything below it, deepest first; nothing when it does not exist. */
  private static List<Path> contents(Path path) throws IOException {
    if (!exists(path)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(path)) {
      return walk.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static long bytes(List<Path> paths) throws IOException {
    long bytes = 0;
    for (Path path : paths) {
      bytes += Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
    }
    return bytes;
  }
}
