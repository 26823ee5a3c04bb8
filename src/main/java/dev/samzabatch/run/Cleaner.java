package dev.samzabatch.run;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.run.Receipt.Item;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.file.StagedOutput;
import dev.samzabatch.system.file.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes what the manifests of runs name, and nothing else. Whoever calls it has made sure that the run is not alive.
 * What cannot be deleted is reported and stays in the manifest, so that the next attempt finds it.
 */
public final class Cleaner {

  private final StateDirectory state;
  private final boolean dryRun;
  private final BusCleaning buses;
  private final List<Item> items = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * A cleaner for one deletion.
   *
   * @param dryRun whether only to tell what would be deleted
   */
  public Cleaner(StateDirectory state, boolean dryRun) {
    this(state, dryRun, BusCleaning.ofManifests());
  }

  /** A cleaner for one deletion while a job is run, which knows how its systems are reached. */
  Cleaner(StateDirectory state, BusCleaning buses) {
    this(state, false, buses);
  }

  private Cleaner(StateDirectory state, boolean dryRun, BusCleaning buses) {
    this.state = state;
    this.dryRun = dryRun;
    this.buses = buses;
  }

  /** What was (or would be) deleted so far. */
  public Receipt receipt() {
    return new Receipt(List.copyOf(items), List.copyOf(failures));
  }

  /** Deletes the internal streams and staged files of a run; its record and log stay. It cannot be resumed then. */
  public void streams(String runId) {
    Path directory = state.runDirectory(runId);
    if (!RunIds.isRunId(runId) || !Manifest.exists(directory)) {
      return;
    }
    try {
      Manifest manifest = Manifest.read(directory);
      if (!dryRun) {
        giveUp(runId, directory);
      }
      for (String stream : manifest.streams()) {
        delete(new Item(runId, "stream", stream, 0), state.streams(runId).resolve(stream));
      }
      manifest.buses().forEach((system, bus) -> deleteTopics(runId, system, bus));
      Path stores = directory.resolve(manifest.stores());
      delete(new Item(runId, "stores", stores.toString(), 0), stores);
      for (StagingPlan output : manifest.outputs().values()) {
        discard(runId, output);
      }
      if (!dryRun && contents(state.streams(runId)).size() == 1) {
        Files.delete(state.streams(runId));
      }
    } catch (IOException e) {
      failures.add(runId + ": " + e.getMessage());
    }
  }

  /** What other hosts see is deleted there as well, or not at all. */
  private void refuseUnreached(String runId) throws IOException {
    if (!dryRun && state.isShared(runId) && state.mirrorOf(runId).isEmpty()) {
      throw new IOException("the system " + state.sharedOn(runId) + " knows it as well, and is not connected; "
          + "delete it with a job that has it as its run.streams-on: samza-batch clean --run-id " + runId
          + " --via JOB.CONF");
    }
  }

  /** Deletes what a run has on a Kafka system. */
  private void deleteTopics(String runId, String system, RecordedBus bus) {
    try {
      buses.delete(system, runId, bus, dryRun)
          .forEach((topic, bytes) -> items.add(new Item(runId, "topic", system + ":" + topic, bytes)));
    } catch (IOException | UserException e) {
      failures.add(runId + ": topics in system " + system + ": " + e.getMessage());
    }
  }

  /** The same for an earlier run, at a place where tests may let it fail. */
  void purgeStreams(String runId) {
    if (mayPurge(runId)) {
      streams(runId);
    }
  }

  private boolean mayPurge(String runId) {
    try {
      FaultPoint.PURGE_RUN.reach();
      refuseUnreached(runId);
      return true;
    } catch (IOException e) {
      failures.add(runId + ": " + e.getMessage());
      return false;
    }
  }

  /**
   * Notes that the run cannot be resumed any more, before anything of it is gone. A publication that has been begun is
   * never given up: it is finished first, see {@link UnfinishedPublications}.
   */
  private void giveUp(String runId, Path directory) throws IOException {
    Optional<RunRecord> record = record(directory);
    boolean done = record.map(r -> r.status().isDone()).orElse(false);
    if (!done && PublishJournal.exists(runId, state) && PublishJournal.read(directory).isHalf()) {
      throw new IOException("part of its result is published: finish that first: samza-batch resume " + runId);
    }
    if (record.map(r -> r.recovery().resumable()).orElse(false)) {
      noteNotResumable(record.get());
    }
    PublishJournal.delete(runId, state);
  }

  private static Optional<RunRecord> record(Path directory) {
    try {
      return RunRecord.exists(directory) ? Optional.of(RunRecord.read(directory)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void noteNotResumable(RunRecord record) {
    try {
      record.withRecovery(record.recovery().resumable(false)).write(state);
    } catch (IOException e) {
      // On a full disk deleting matters more. A run that is resumed with its files gone begins anew, which is right;
      // with its topics gone it is refused.
    }
  }

  /** Puts back old results that a run has moved aside and, having died, not replaced; deletes nothing. */
  void putBack(String runId) {
    Path directory = state.runDirectory(runId);
    if (Manifest.exists(directory)) {
      try {
        for (StagingPlan output : Manifest.read(directory).outputs().values()) {
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
    purgeStreams(runId);
    if (RunIds.isRunId(runId) && failures.size() == failed) {
      Path directory = state.runDirectory(runId);
      Optional<RunMirror> mirror = state.mirrorOf(runId);
      delete(new Item(runId, "run", directory.toString(), 0), directory);
      if (!dryRun && mirror.isPresent() && !exists(directory)) {
        forget(mirror.get(), runId);
      }
      if (dryRun) {
        countStreamsOnce(runId);
      }
    }
  }

  private void forget(RunMirror mirror, String runId) {
    try {
      state.forget(mirror, runId);
    } catch (IOException e) {
      failures.add(runId + " on " + mirror.id() + ": " + e.getMessage());
    }
  }

  /** Notes that a run was not touched. */
  void refused(String runId, String why) {
    failures.add(runId + ": " + why);
  }

  /** In a dry run the streams are still in the run's directory, the last item, whose bytes were just counted. */
  private void countStreamsOnce(String runId) {
    Item last = items.isEmpty() ? null : items.get(items.size() - 1);
    if (last != null && last.runId().equals(runId) && last.kind().equals("run")) {
      long streams = 0;
      for (Item item : items) {
        boolean inside = item.kind().equals("stream") || item.kind().equals("stores");
        streams += item.runId().equals(runId) && inside ? item.bytes() : 0;
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
      failures.add(output.staging() + ": " + Failures.text(e) + left(output.staging()));
    }
  }

  /** Deletes a file or a directory with what is in it; links are deleted, not followed. */
  private void delete(Item item, Path path) {
    if (!exists(path)) {
      return;
    }
    long deleted = 0;
    try {
      for (Path one : contents(path)) {
        long bytes = bytes(one);
        if (!dryRun) {
          Files.delete(one);
        }
        deleted += bytes;
      }
    } catch (IOException e) {
      failures.add(path + ": " + Failures.text(e) + left(path));
    }
    if (deleted > 0 || !exists(path) || dryRun) {
      items.add(new Item(item.runId(), item.kind(), item.name(), deleted));
    }
  }

  /** How many bytes stay, for people. */
  private static String left(Path path) {
    try {
      return "; " + Quantities.bytes(bytes(contents(path))) + " stay there";
    } catch (IOException e) {
      return "";
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
      bytes += bytes(path);
    }
    return bytes;
  }

  private static long bytes(Path path) throws IOException {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
  }
}
