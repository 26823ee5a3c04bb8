package dev.samzabatch.system.file;

import dev.samzabatch.job.OutputSpec.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where the files of an output wait until they are published, in the same file system as the target, and where an old
 * result goes meanwhile. A fact that a run writes down before it creates anything, since {@link StagedOutput#discard}
 * needs it.
 *
 * <pre>
 * PARENT/.NAME.staging-RUN.ID   the staging directory; in the lowest directory that exists above the target,
 *                               so that directories still missing are made at publication only
 * TARGET/_staging-RUN.ID        the same for appending to a directory that exists
 * PARENT/.NAME.replaced-RUN.ID  the old result, between the two renames and until it is deleted
 * </pre>
 *
 * @param target what is published
 * @param runId the run
 * @param staging absolute path of the staging directory
 * @param aside absolute path for the old result
 */
public record StagingPlan(OutputTarget target, String runId, Path staging, Path aside) {

  private static final String STAGING = "staging-";
  private static final String REPLACED = ".replaced-";
  private static final Pattern OURS = Pattern.compile("_staging-.+|\\..*\\.(staging|replaced)-.+");

  /** Refuses paths that are not of this run with an {@link IllegalArgumentException}: they are deleted in the end. */
  public StagingPlan {
    boolean ours = staging.isAbsolute() && isNamed(staging, STAGING + runId) && isNamed(aside, REPLACED + runId);
    if (!ours || runId.isEmpty()) {
      throw new IllegalArgumentException("no staging of run " + runId + ": " + staging + ", " + aside);
    }
  }

  /**
   * Whether some run may have made this, and so may delete it: whatever has the name of staging or of an old result.
   */
  static boolean isOurs(Path path) {
    return path.isAbsolute() && path.getFileName() != null && OURS.matcher(path.getFileName().toString()).matches();
  }

  private static boolean isNamed(Path path, String end) {
    return path.getFileName() != null && path.getFileName().toString().endsWith(end);
  }

  /** The plan for a target as it is now. Creates nothing. */
  public static StagingPlan of(OutputTarget target, String runId) {
    Path path = target.path();
    Path parent = path.getParent() == null ? path : path.getParent();
    Path aside = parent.resolve("." + path.getFileName() + REPLACED + runId);
    if (target.mode() == Mode.APPEND && Files.isDirectory(path)) {
      return new StagingPlan(target, runId, path.resolve("_" + STAGING + runId), aside);
    }
    Path home = parent;
    while (home.getParent() != null && !Files.isDirectory(home)) {
      home = home.getParent();
    }
    String name = home.relativize(path).toString().replace("+", "++").replace("/", "+");
    return new StagingPlan(target, runId, home.resolve("." + name + "." + STAGING + runId), aside);
  }
}
