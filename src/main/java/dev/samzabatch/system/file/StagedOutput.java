package dev.samzabatch.system.file;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.OutputSpec.Mode;
import dev.samzabatch.system.Durable;
import dev.samzabatch.system.FaultPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of an output between writing and publishing. The order of a run:
 *
 * <pre>
 * TargetCheck.problems     before anything is created
 * StagingPlan.of           written down by the run
 * create                   makes the staging directory
 * openPart ... commit      for each task, by its thread
 * seal                     keeps exactly the committed files, adds _SUCCESS, gives the journal
 * Publication.publish      makes it visible
 * Publication.clean        deletes what was replaced
 * </pre>
 *
 * or {@link #discard} at any point before the publication. Opening parts is thread-safe, the rest is for one thread.
 */
public final class StagedOutput {

  private final StagingPlan plan;

  private StagedOutput(StagingPlan plan) {
    this.plan = plan;
  }

  /** Makes the staging directory, unless an earlier attempt of the run has. */
  public static StagedOutput create(StagingPlan plan) throws IOException {
    if (!Files.isDirectory(plan.staging())) {
      FaultPoint.STAGING_CREATE.reach();
      Files.createDirectory(plan.staging());
      Durable.syncDirectory(plan.staging().getParent());
    }
    return new StagedOutput(plan);
  }

  /**
   * Opens the file of a task, empty.
   *
   * @param part number of the task among those that write the output
   * @param extension of the file, with its dots, for example {@code .json.gz}
   */
  public PartFile openPart(int part, String extension) throws IOException {
    String name = name(part, extension);
    return PartFile.create(plan.staging().resolve(name), name);
  }

  /** Opens a file as it was when it was committed, to write on. */
  public PartFile reopenPart(StagedFile committed) throws IOException {
    return PartFile.reopen(plan.staging().resolve(committed.name()), committed);
  }

  private String name(int part, String extension) {
    OutputTarget target = plan.target();
    if (target.singleFile()) {
      if (part != 0) {
        throw new IllegalArgumentException("a single file has no part " + part);
      }
      return target.path().getFileName().toString();
    }
    String run = target.mode() == Mode.APPEND ? "-" + plan.runId() : "";
    return String.format("part-%05d%s%s", part, run, extension);
  }

  /**
   * Ends the staging: whatever is not among the files is deleted (an attempt that failed may have left some), the
   * directory gets its {@code _SUCCESS}, and everything is durable.
   *
   * @param success with the committed files; a single file is exactly one, in a directory there may be none
   * @return what {@link Publication#publish} will do, for the caller to write down first
   * @throws UserException when by now something lies at the target that must not be replaced
   * @throws IOException when a file is missing or has another length than it was committed with
   */
  public Publication seal(SuccessFile success) throws IOException {
    if (plan.target().singleFile() && success.files().size() != 1) {
      throw new IllegalArgumentException("a single file of " + success.files().size() + " parts");
    }
    FaultPoint.OUTPUT_SEAL.reach();
    List<Problem> problems = TargetCheck.problems(plan.target(), List.of());
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    Set<Path> kept = new HashSet<>();
    for (StagedFile file : success.files()) {
      Path path = plan.staging().resolve(file.name());
      long found = Files.size(path);
      if (found != file.bytes()) {
        throw new IOException(path + " has " + found + " bytes, but " + file.bytes() + " were committed");
      }
      kept.add(path);
    }
    for (Path entry : FileTree.entries(plan.staging())) {
      if (!kept.contains(entry)) {
        FileTree.delete(entry);
      }
    }
    if (!plan.target().singleFile()) {
      Durable.replace(plan.staging().resolve(SuccessFile.NAME), success.bytes());
    }
    Durable.syncDirectory(plan.staging());
    return journal(success);
  }

  private Publication journal(SuccessFile success) throws IOException {
    OutputTarget target = plan.target();
    Path path = target.path();
    boolean occupied = FileTree.exists(path) && !FileTree.isEmptyDirectory(path);
    List<Publication.Move> moves = new ArrayList<>();
    if (target.singleFile()) {
      StagedFile file = success.files().get(0);
      moves.add(new Publication.Move(plan.staging().resolve(file.name()), path, target.mode() == Mode.REPLACE));
      return new Publication(moves, List.of(plan.staging()), new Proof(path, file.bytes(), file.checksum()));
    }
    Proof proof = Proof.of(path.resolve(SuccessFile.NAME), success.bytes());
    if (target.mode() == Mode.APPEND && occupied) {
      for (StagedFile file : success.files()) {
        moves.add(new Publication.Move(plan.staging().resolve(file.name()), path.resolve(file.name()), false));
      }
      moves.add(new Publication.Move(plan.staging().resolve(SuccessFile.NAME), path.resolve(SuccessFile.NAME), true));
      return new Publication(moves, List.of(plan.staging()), proof);
    }
    if (target.mode() == Mode.REPLACE && occupied) {
      moves.add(new Publication.Move(path, plan.aside(), false));
      moves.add(new Publication.Move(plan.staging(), path, false));
      return new Publication(moves, List.of(plan.aside()), proof);
    }
    moves.add(new Publication.Move(plan.staging(), path, false));
    return new Publication(moves, List.of(), proof);
  }

  /**
   * Puts an old result back that a dead run has moved aside, if nothing has taken its place. The rest stays as it is.
   *
   * @return whether there was one
   */
  public static boolean putBack(StagingPlan plan) throws IOException {
    Path target = plan.target().path();
    if (!FileTree.exists(plan.aside()) || FileTree.exists(target)) {
      return false;
    }
    Files.move(plan.aside(), target);
    Durable.syncDirectory(target.getParent());
    return true;
  }

  /**
   * Takes back what a run has done to an output and not finished: the staging directory is deleted, an old result that
   * was moved aside while nothing took its place is put back, and of an append that stopped half-way the run's parts
   * are deleted again. After a finished publication it only deletes what was replaced. Safe at any time after the run
   * has ended, also for a run of a process that is dead.
   */
  public static void discard(StagingPlan plan) throws IOException {
    Path target = plan.target().path();
    boolean published = !FileTree.exists(plan.staging()) && FileTree.exists(target);
    if (!putBack(plan) && FileTree.exists(plan.aside())) {
      if (published) {
        FileTree.delete(plan.aside());
      } else {
        throw new IOException("the result that was at " + target + " before the run was moved to " + plan.aside()
            + ", and something else is at " + target + " now: move it back, or delete it");
      }
    }
    if (plan.target().mode() == Mode.APPEND && FileTree.exists(plan.staging().resolve(SuccessFile.NAME))) {
      deleteAppended(target, plan.runId());
    }
    FileTree.delete(plan.staging());
  }

  /** Since {@code _SUCCESS} is still staged, and is moved last, the publication has not been finished. */
  private static void deleteAppended(Path target, String runId) throws IOException {
    Pattern ours = Pattern.compile("part-\\d{5,}-" + Pattern.quote(runId) + "\\..*");
    if (FileTree.isDirectory(target)) {
      for (Path entry : FileTree.entries(target)) {
        if (ours.matcher(entry.getFileName().toString()).matches() && !FileTree.isDirectory(entry)) {
          Files.delete(entry);
        }
      }
    }
  }
}
