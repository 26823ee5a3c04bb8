package dev.samzabatch.system.file;

import dev.samzabatch.data.Place;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.OutputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where an output goes. A directory is published with all its files and a {@code _SUCCESS} ({@link SuccessFile}); a
 * single file is published alone, without one: the run's record has its figures.
 *
 * @param path absolute, links resolved as far as the path exists
 * @param mode what happens to what lies there
 * @param singleFile whether the path is to be a file rather than a directory of files
 * @param place where the job file says so
 */
public record OutputTarget(Path path, OutputSpec.Mode mode, boolean singleFile, Place place) {

  /** The target of an output that goes to files. */
  public static OutputTarget of(OutputSpec output) {
    Path path = Path.of(output.location().path());
    return new OutputTarget(resolved(path), output.mode(), isSingleFile(output), output.location().place());
  }

  /**
   * Whether the output is one file of exactly the name that its uri gives: it is to have one file ({@code files =
   * 1}), its name has the extension of a data format, and it is no directory.
   */
  public static boolean isSingleFile(OutputSpec output) {
    String path = output.location().path();
    return output.files().orElse(0) == 1 && DataFormat.ofPath(path).isPresent() && !Files.isDirectory(Path.of(path));
  }

  /** The path without links, as far as it exists: what is moved there must be in the same file system. */
  public static Path resolved(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = absolute;
    while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    } catch (IOException e) {
      return absolute;
    }
  }
}
