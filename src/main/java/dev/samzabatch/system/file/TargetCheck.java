package dev.samzabatch.system.file;

import dev.samzabatch.data.Problem;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.OutputSpec.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks, without changing anything, whether an output may be published where it is to go. What would be replaced must
 * be a result: a directory that has our {@code _SUCCESS}, or that holds nothing but files; and nothing that is
 * protected may lie in it.
 */
public final class TargetCheck {

  private final OutputTarget target;
  private final List<Problem> problems = new ArrayList<>();

  private TargetCheck(OutputTarget target) {
    this.target = target;
  }

  /**
   * What stands against the target; empty when nothing does. The root directory, the user's home and the current
   * directory are protected in any case.
   *
   * @param protectedPaths what must not be replaced, for example the job file and the state directory
   */
  public static List<Problem> problems(OutputTarget target, List<ProtectedPath> protectedPaths) {
    TargetCheck check = new TargetCheck(target);
    try {
      check.kind();
      if (check.problems.isEmpty()) {
        check.mode();
      }
      if (check.problems.isEmpty() && target.mode() == Mode.REPLACE) {
        check.replacing(protectedPaths);
      }
    } catch (IOException e) {
      check.problem("SB-4105", check.name() + " cannot be looked at: " + e, "");
    }
    return check.problems;
  }

  private void kind() {
    Path path = target.path();
    if (target.singleFile() && target.mode() == Mode.APPEND) {
      problem("SB-4104", "nothing can be appended to the single file " + name(),
          "leave out files = 1, or set mode = replace");
    }
    if (FileTree.exists(path)) {
      if (target.singleFile() && !Files.isRegularFile(path)) {
        problem("SB-4104", name() + " is to be a file, but it is none", "choose another uri");
      } else if (!target.singleFile() && !Files.isDirectory(path)) {
        problem("SB-4104", name() + " is to be a directory of result files, but a file has this name",
            oneFile(path) + "choose another uri, or delete the file: rm " + path);
      }
    }
    Path parent = existing(path.getParent() == null ? path : path.getParent());
    if (!Files.isDirectory(parent)) {
      problem("SB-4104", name() + " cannot be created: " + LocalFile.shortName(parent) + " is a file",
          "choose another uri");
    } else if (!Files.isWritable(parent) || Files.isDirectory(path) && !Files.isWritable(path)) {
      Path refusing = Files.isWritable(parent) ? path : parent;
      String fact = "the directory " + LocalFile.shortName(refusing) + " is read-only for this user";
      problem("SB-4105", name() + " cannot be written: " + fact,
          "choose another uri, or make it writable: ls -ld " + refusing);
    }
  }

  private static String oneFile(Path path) {
    return DataFormat.ofPath(path.toString()).isPresent() ? "set files = 1 to replace this one file, " : "";
  }

  private void mode() throws IOException {
    Path path = target.path();
    boolean occupied = FileTree.exists(path) && !FileTree.isEmptyDirectory(path);
    if (target.mode() == Mode.FAIL && occupied) {
      problem("SB-4101", "the output " + name() + " exists already",
          "set mode = replace to replace it, mode = append to add to it, or delete it: rm -r " + path);
    }
  }

  private void replacing(List<ProtectedPath> protectedPaths) throws IOException {
    Path path = target.path();
    List<ProtectedPath> all = new ArrayList<>(protectedPaths);
    all.add(new ProtectedPath(Path.of("/"), "everything"));
    all.add(new ProtectedPath(Path.of(System.getProperty("user.home")), "your home directory"));
    all.add(new ProtectedPath(Path.of(""), "the current directory"));
    for (ProtectedPath one : all) {
      if (OutputTarget.resolved(one.path()).startsWith(path)) {
        problem("SB-4103", "replacing " + name() + " would delete " + one.what() + ", " + one.path().toAbsolutePath(),
            "choose a directory of its own for the output, for example " + path.resolve("result"));
        return;
      }
    }
    if (Files.isDirectory(path) && !SuccessFile.isIn(path)) {
      Optional<Path> directory = FileTree.entries(path).stream().filter(Files::isDirectory).findFirst();
      directory.ifPresent(found -> problem("SB-4102", name() + " is not replaced: it holds the directory "
          + found.getFileName() + " and no _SUCCESS file of an earlier run",
          "check the uri; if all of it may go, delete it yourself: rm -r " + path));
    }
  }

  private static Path existing(Path path) {
    Path existing = path;
    while (existing.getParent() != null && !FileTree.exists(existing)) {
      existing = existing.getParent();
    }
    return existing;
  }

  private String name() {
    return LocalFile.shortName(target.path());
  }

  private void problem(String code, String message, String hint) {
    problems.add(Problem.error(code, target.place(), message, hint));
  }
}
