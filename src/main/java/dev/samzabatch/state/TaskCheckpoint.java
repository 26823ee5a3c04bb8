package dev.samzabatch.state;

import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.system.file.StagedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is committed of one task.
 *
 * @param task its name
 * @param facts those of its last checkpoint, and of splits read to their ends those of all
 */
public record TaskCheckpoint(String task, List<CheckpointFact> facts) {

  /** Copies the list. */
  public TaskCheckpoint {
    facts = List.copyOf(facts);
  }

  /** This checkpoint followed by another of the same task. */
  public TaskCheckpoint followedBy(List<CheckpointFact> later) {
    List<CheckpointFact> all = new ArrayList<>(facts(Kind.SPLIT_READ));
    all.addAll(later);
    return new TaskCheckpoint(task, all);
  }

  /** Whether the task has nothing to do any more. */
  public boolean hasEnded() {
    return !facts(Kind.TASK_ENDED).isEmpty();
  }

  /** The facts of a kind. */
  public List<CheckpointFact> facts(Kind kind) {
    return facts.stream().filter(f -> f.kind() == kind).toList();
  }

  /** The facts of a kind about one operator. */
  public List<CheckpointFact> facts(Kind kind, int operator) {
    return facts.stream().filter(f -> f.kind() == kind && f.part() == operator).toList();
  }

  /** The staged file that the task has committed for an output. */
  public Optional<StagedFile> file(String output) {
    return files().stream().filter(p -> p.output().equals(output)).map(StagedPart::file).findFirst();
  }

  /** All staged files that the task has committed, complete if it has ended. */
  public List<StagedPart> files() {
    List<StagedPart> files = new ArrayList<>();
    for (CheckpointFact fact : facts(Kind.FILE)) {
      int slash = fact.name().indexOf('/');
      StagedFile file = new StagedFile(fact.name().substring(slash + 1), fact.a(), fact.b(), fact.c());
      files.add(new StagedPart(fact.name().substring(0, slash), file));
    }
    return files;
  }
}
