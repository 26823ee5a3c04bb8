package dev.samzabatch.system.file;

import dev.samzabatch.system.Durable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The journal of a publication: which renames bring staged files to their target, in this order, and what is to be
 * deleted then. A caller who writes it down before {@link #publish} can finish it after a crash at any point, by
 * calling the same again: every step sees for itself whether it has been taken.
 *
 * <pre>
 * directory, absent or empty   staging -&gt; target                        one step
 * directory, replaced          target -&gt; aside, staging -&gt; target        absent for the moment between the two
 * directory, appended to       part by part, _SUCCESS last               each file whole
 * single file                  staged file -&gt; target                    one step
 * </pre>
 *
 * @param moves the renames
 * @param leftovers what is deleted when all renames are done
 */
public record Publication(List<Move> moves, List<Path> leftovers) {

  /**
   * A rename within a file system.
   *
   * @param from what is moved
   * @param to where; directories missing above it are made
   * @param overwrite whether a file that is there may be replaced; a directory that is not empty never is
   */
  public record Move(Path from, Path to, boolean overwrite) {

    private boolean isDone() {
      return !FileTree.exists(from) && FileTree.exists(to);
    }
  }

  /**
   * Takes the renames that have not been taken.
   *
   * @throws FileAlreadyExistsException when somebody else has put something where the output goes
   * @throws IOException when a rename fails; calling again goes on from there
   */
  public void publish() throws IOException {
    for (int next = firstUndone(); next < moves.size(); next++) {
      take(moves.get(next));
    }
  }

  /** What comes after the last move that is done; all before that are done, whatever else has happened since. */
  private int firstUndone() {
    for (int i = moves.size() - 1; i >= 0; i--) {
      if (moves.get(i).isDone()) {
        return i + 1;
      }
    }
    return 0;
  }

  private static void take(Move move) throws IOException {
    if (!FileTree.exists(move.from())) {
      throw new NoSuchFileException(move.from().toString(), move.to().toString(), "what is to be published is gone");
    }
    if (FileTree.exists(move.to()) && !move.overwrite() && !FileTree.isEmptyDirectory(move.to())) {
      String reason = "it was not there when the run began";
      throw new FileAlreadyExistsException(move.to().toString(), move.from().toString(), reason);
    }
    Path parent = move.to().getParent();
    createDirectories(parent);
    Files.move(move.from(), move.to(), StandardCopyOption.ATOMIC_MOVE);
    Durable.syncDirectory(parent);
    if (!parent.equals(move.from().getParent())) {
      Durable.syncDirectory(move.from().getParent());
    }
  }

  private static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      createDirectories(directory.getParent());
      Files.createDirectories(directory);
      Durable.syncDirectory(directory.getParent());
    }
  }

  /**
   * Deletes what the publication has left over. The output is published whether this succeeds or not.
   *
   * @throws IllegalStateException before {@link #publish} has succeeded
   */
  public void clean() throws IOException {
    if (firstUndone() < moves.size()) {
      throw new IllegalStateException("not published yet: " + moves);
    }
    for (Path leftover : leftovers) {
      FileTree.delete(leftover);
    }
  }
}
