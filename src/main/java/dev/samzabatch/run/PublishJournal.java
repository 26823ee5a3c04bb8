package dev.samzabatch.run;

import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.file.Publication;
import dev.samzabatch.system.file.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a complete and checked result is published, written before the first rename: from then on the run can be finished
 * without its job, its inputs and its streams, by whoever comes next. All outputs of a run are in one journal.
 *
 * <pre>
 * { "version": 2, "run.id": "...",
 *   "outputs": [ { "figures": { as in the run's record },
 *                  "publication": { see Publication },     null where an old result is kept
 *                  "rows": [ "/abs", ... ],                files for standard output, once they are published
 *                  "topic": { see StagedTopic } }, ... ] } null but for an output that is sent to a topic
 * </pre>
 *
 * Whether records have been sent only their cluster knows: a journal that has some counts as begun when it is written.
 *
 * @param runId the run
 * @param outputs in the order in which they are published
 */
record PublishJournal(String runId, List<Entry> outputs) {

  private static final int VERSION = 2;
  static final String FILE = "publish.json";

  /**
   * One output.
   *
   * @param figures what it is when it is published
   * @param publication the renames; empty for an output whose old result is kept
   * @param rows published files that are then written to standard output
   * @param topic what is sent to a topic
   */
  record Entry(OutputFigures figures, Optional<Publication> publication, List<Path> rows,
      Optional<StagedTopic> topic) {}

  /** What is to be sent, by system. */
  Map<String, List<StagedTopic>> topics() {
    Map<String, List<StagedTopic>> bySystem = new LinkedHashMap<>();
    outputs.forEach(o -> o.topic()
        .ifPresent(t -> bySystem.computeIfAbsent(t.system(), s -> new ArrayList<>()).add(t)));
    return bySystem;
  }

  /** Whether a part of the result is published and another is not, so that it must not be left like that. */
  boolean isHalf() throws IOException {
    boolean all = true;
    for (Entry output : outputs) {
      all &= output.topic().isEmpty();
      all &= output.publication().isEmpty() || output.publication().get().isPublished();
    }
    return !all && isBegun();
  }

  /** Whether any of the result is published. */
  boolean isBegun() throws IOException {
    for (Entry output : outputs) {
      if (output.topic().isPresent()
          || output.publication().isPresent() && output.publication().get().isBegun()) {
        return true;
      }
    }
    return false;
  }

  static boolean exists(String runId, StateDirectory state) {
    return Files.exists(state.runDirectory(runId).resolve(FILE));
  }

  static void delete(String runId, StateDirectory state) throws IOException {
    state.delete(runId, FILE);
  }

  void write(StateDirectory state) throws IOException {
    FaultPoint.JOURNAL_WRITE.reach();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("version", VERSION);
    object.put("run.id", runId);
    object.put("outputs", outputs.stream().map(PublishJournal::toMap).toList());
    state.save(runId, FILE, object);
  }

  private static Map<String, Object> toMap(Entry entry) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("figures", entry.figures().toMap());
    object.put("publication", entry.publication().map(Publication::toMap).orElse(null));
    object.put("rows", entry.rows().stream().map(Path::toString).toList());
    object.put("topic", entry.topic().map(StagedTopic::toMap).orElse(null));
    return object;
  }

  /**
   * Reads the journal of a run.
   *
   * @throws IOException when it is missing, damaged, of a version that this program does not know, or moves or deletes
   * anything that its manifest does not name
   */
  static PublishJournal read(Path runDirectory) throws IOException {
    Path file = runDirectory.resolve(FILE);
    Map<String, Object> object = JsonFile.read(file);
    if (!Integer.valueOf(VERSION).equals(object.get("version"))) {
      throw new IOException(file + ": journal version " + object.get("version") + ", expected " + VERSION);
    }
    List<Entry> entries = new ArrayList<>();
    try {
      ((List<?>) object.get("outputs")).forEach(o -> entries.add(entry((Map<?, ?>) o)));
    } catch (RuntimeException e) {
      throw new IOException(file + ": damaged: " + e.getMessage(), e);
    }
    PublishJournal journal = new PublishJournal(String.valueOf(object.get("run.id")), List.copyOf(entries));
    journal.refuseForeign(file, Manifest.read(runDirectory));
    return journal;
  }

  @SuppressWarnings("unchecked")
  private static Entry entry(Map<?, ?> object) {
    Object publication = object.get("publication");
    return new Entry(
        OutputFigures.of((Map<String, Object>) object.get("figures")),
        publication == null ? Optional.empty() : Optional.of(Publication.of((Map<?, ?>) publication)),
        ((List<?>) object.get("rows")).stream().map(p -> Path.of(p.toString())).toList(),
        Optional.ofNullable((Map<?, ?>) object.get("topic")).map(StagedTopic::of));
  }

  private void refuseForeign(Path file, Manifest manifest) throws IOException {
    for (Entry entry : outputs) {
      for (Publication publication : entry.publication().stream().toList()) {
        for (Path leftover : publication.leftovers()) {
          refuseForeign(file, leftover, manifest, false);
        }
        for (Publication.Move move : publication.moves()) {
          refuseForeign(file, move.from(), manifest, true);
          refuseForeign(file, move.to(), manifest, true);
        }
      }
      for (Path rows : entry.rows()) {
        refuseForeign(file, rows, manifest, true);
      }
    }
  }

  private static void refuseForeign(Path file, Path path, Manifest manifest, boolean mayBePublished)
      throws IOException {
    boolean known = false;
    for (StagingPlan plan : manifest.outputs().values()) {
      known |= path.startsWith(plan.staging()) || path.startsWith(plan.aside())
          || mayBePublished && path.startsWith(plan.target().path());
    }
    if (!known || !path.normalize().equals(path)) {
      throw new IOException(file + ": " + path + " is not of run " + manifest.runId() + "; nothing was done");
    }
  }
}
