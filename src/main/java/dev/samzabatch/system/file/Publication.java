package dev.samzabatch.system.file;

import dev.samzabatch.system.Durable;
import dev.samzabatch.system.FaultPoint;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * @param proof what shows that they are done, and that it was this publication that did them
 */
public record Publication(List<Move> moves, List<Path> leftovers, Proof proof) {

  /**
   * A rename within a file system.
   *
   * @param from what is moved
   * @param to where; directories missing above it are made
   * @param overwrite whether a file that is there may be replaced; a directory that is not empty never is
   */
  public record Move(Path from, Path to, boolean overwrite) {

    /** Also true when something was there before, and what was staged is gone; the {@link Proof} tells that apart. */
    private boolean isDone() {
      return !FileTree.exists(from) && FileTree.exists(to);
    }
  }

  /** Refuses leftovers that no staging has with an {@link IllegalArgumentException}, since they are deleted. */
  public Publication {
    if (moves.isEmpty() || !leftovers.stream().allMatch(StagingPlan::isOurs)) {
      throw new IllegalArgumentException("no publication: " + moves + ", " + leftovers);
    }
  }

  /** The publication that {@link #toMap} has written down. */
  public static Publication of(Map<?, ?> map) {
    List<Move> moves = new ArrayList<>();
    for (Object one : (List<?>) map.get("moves")) {
      Map<?, ?> move = (Map<?, ?>) one;
      moves.add(new Move(path(move.get("from")), path(move.get("to")), (Boolean) move.get("overwrite")));
    }
    List<Path> leftovers = ((List<?>) map.get("leftovers")).stream().map(Publication::path).toList();
    Map<?, ?> proof = (Map<?, ?>) map.get("proof");
    long checksum = Long.parseLong((String) proof.get("crc32c"), 16);
    return new Publication(
        moves, leftovers, new Proof(path(proof.get("file")), ((Number) proof.get("bytes")).longValue(), checksum));
  }

  private static Path path(Object text) {
    return Path.of((String) text);
  }

  /** This as texts, numbers, lists and maps, to be written down. */
  public Map<String, Object> toMap() {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Move move : moves) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("from", move.from().toString());
      step.put("to", move.to().toString());
      step.put("overwrite", move.overwrite());
      steps.add(step);
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("file", proof.file().toString());
    shown.put("bytes", proof.bytes());
    shown.put("crc32c", String.format("%08x", proof.checksum()));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("moves", steps);
    map.put("leftovers", leftovers.stream().map(Path::toString).toList());
    map.put("proof", shown);
    return map;
  }

  /**
   * Takes the renames that have not been taken, and makes all of them durable.
   *
   * @throws FileAlreadyExistsException when somebody else has put something where the output goes
   * @throws IOException when a rename fails, and calling again goes on from there; or when what was staged is gone and
   * something else is at the target
   */
  public void publish() throws IOException {
    int done = firstUndone();
    if (done == moves.size() && !proof.holds()) {
      throw new IOException("what was to be published at " + moves.get(done - 1).to() + " is gone: " + proof.file()
          + " is not the file of this run");
    }
    List<Move> undone = moves.subList(done, moves.size());
    for (Move move : undone) {
      if (!FileTree.exists(move.from()) && !isNeedless(move)) {
        throw new NoSuchFileException(move.from().toString(), move.to().toString(), "what is to be published is gone");
      }
    }
    for (Move move : moves.subList(0, done)) {
      sync(move);
    }
    for (Move move : undone) {
      take(move);
    }
  }

  /** Whether all of it is published, and only leftovers may be there. */
  public boolean isPublished() throws IOException {
    return firstUndone() == moves.size() && proof.holds();
  }

  /** Whether any of it is published. */
  public boolean isBegun() throws IOException {
    int done = firstUndone();
    return done > 0 && (done < moves.size() || proof.holds());
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

  /** Whether what was to be put aside is not there any more: somebody has deleted the old result. */
  private boolean isNeedless(Move move) {
    return !FileTree.exists(move.from()) && leftovers.contains(move.to());
  }

  private void take(Move move) throws IOException {
    if (isNeedless(move)) {
      return;
    }
    if (FileTree.exists(move.to()) && !move.overwrite() && !FileTree.isEmptyDirectory(move.to())) {
      String reason = "it was not there when the run began";
      throw new FileAlreadyExistsException(move.to().toString(), move.from().toString(), reason);
    }
    createDirectories(move.to().getParent());
    FaultPoint.PUBLISH_RENAME.reach();
    Files.move(move.from(), move.to(), StandardCopyOption.ATOMIC_MOVE);
    FaultPoint.PUBLISH_RENAMED.reach();
    sync(move);
  }

  /** Makes a rename durable; the directory that something came from may be deleted by now. */
  private static void sync(Move move) throws IOException {
    Path parent = move.to().getParent();
    Path home = move.from().getParent();
    Durable.syncDirectory(parent);
    if (!parent.equals(home) && FileTree.isDirectory(home)) {
      Durable.syncDirectory(home);
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
      FaultPoint.PUBLISH_CLEAN.reach();
      FileTree.delete(leftover);
    }
  }
}
