package dev.samzabatch.system.file;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.Location;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds the files that locations mean. A location is a file, a directory (all files below it), or a pattern
 * ({@link Glob}) of these; a path that exists as it is written is never taken for a pattern. Below what is named, names
 * that start with . or _ are passed over, as is every directory that a link leads back to. A file that several
 * locations mean is found once.
 */
public final class FileListing {

  private static final int NAMES_SHOWN = 5;

  private final Map<Path, LocalFile> found = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Deque<Path> entered = new ArrayDeque<>();
  private final boolean growing;
  private Place place = Place.none();

  private FileListing(boolean growing) {
    this.growing = growing;
  }

  /**
   * The files of these locations of the local file system, sorted by path. There may be none: of an empty directory.
   *
   * @throws UserException for every location that does not exist, matches nothing, or cannot be read
   */
  public static List<LocalFile> list(List<Location> locations) {
    return list(locations, new FileListing(false));
  }

  /**
   * The same of locations where files come and go: a pattern may match nothing yet, and what vanishes while it is
   * looked at is not there.
   */
  static List<LocalFile> listPresent(List<Location> locations) {
    return list(locations, new FileListing(true));
  }

  private static List<LocalFile> list(List<Location> locations, FileListing listing) {
    for (Location location : locations) {
      listing.place = location.place();
      listing.add(location.path());
    }
    if (!listing.problems.isEmpty()) {
      throw new UserException(listing.problems);
    }
    return List.copyOf(listing.found.values());
  }

  private void add(String location) {
    Path path = Path.of(location).toAbsolutePath();
    if (Files.exists(path)) {
      named(path);
    } else if (Glob.isPattern(location)) {
      matching(path.toString());
    } else {
      missing(path);
    }
  }

  /** Takes what was named or matched: a file, or all files below a directory. */
  private void named(Path path) {
    if (Files.isDirectory(path)) {
      below(path);
    } else if (Files.isRegularFile(path)) {
      take(path);
    } else if (!hasVanished(path)) {
      problem("SB-4004", LocalFile.shortName(path) + " is neither a file nor a directory", "");
    }
  }

  private void take(Path file) {
    try {
      if (Files.isReadable(file)) {
        found.put(file, LocalFile.of(file));
      } else {
        unreadable(file);
      }
    } catch (IOException e) {
      unreadable(file);
    }
  }

  private void below(Path directory) {
    if (!enter(directory)) {
      return;
    }
    for (Path entry : entries(directory)) {
      if (isHidden(entry)) {
        continue;
      }
      if (Files.isDirectory(entry)) {
        below(entry);
      } else if (Files.isRegularFile(entry)) {
        take(entry);
      } else if (Files.isSymbolicLink(entry) && !Files.exists(entry)) {
        String hint = "delete the link, or name the files one by one";
        problem("SB-4003", LocalFile.shortName(entry) + " is a link to nothing", hint);
      }
    }
    entered.pop();
  }

  private void matching(String path) {
    int before = found.size() + problems.size();
    boolean emptyDirectory = false;
    for (String alternative : Glob.alternatives(path)) {
      List<String> segments = List.of(alternative.substring(1).split("/+"));
      emptyDirectory |= match(Path.of("/"), segments);
    }
    if (found.size() + problems.size() == before && !emptyDirectory && !growing) {
      String start = existingPart(Path.of(path));
      problem("SB-4002", "no file matches " + path, start);
    }
  }

  /** Takes what the segments match from the directory on; true when that was anything, be it an empty directory. */
  private boolean match(Path directory, List<String> segments) {
    if (segments.isEmpty()) {
      named(directory);
      return true;
    }
    String segment = segments.get(0);
    List<String> rest = segments.subList(1, segments.size());
    if (segment.equals("**")) {
      return matchAnywhere(directory, segments, rest);
    }
    Optional<String> literal = Glob.literal(segment);
    if (literal.isPresent()) {
      Path next = directory.resolve(literal.get());
      return Files.exists(next) && (rest.isEmpty() || Files.isDirectory(next)) && match(next, rest);
    }
    Pattern names = Glob.names(segment);
    boolean any = false;
    for (Path entry : entries(directory)) {
      if (names.matcher(entry.getFileName().toString()).matches() && (rest.isEmpty() || Files.isDirectory(entry))) {
        any |= match(entry, rest);
      }
    }
    return any;
  }

  private boolean matchAnywhere(Path directory, List<String> segments, List<String> rest) {
    if (rest.isEmpty() || rest.get(0).equals("**")) {
      return match(directory, rest);
    }
    if (!enter(directory)) {
      return false;
    }
    boolean any = match(directory, rest);
    for (Path entry : entries(directory)) {
      if (!isHidden(entry) && Files.isDirectory(entry)) {
        any |= match(entry, segments);
      }
    }
    entered.pop();
    return any;
  }

  /** Remembers a directory on the way down; false when the way has been through it already. */
  private boolean enter(Path directory) {
    try {
      Path real = directory.toRealPath();
      if (entered.contains(real)) {
        return false;
      }
      entered.push(real);
      return true;
    } catch (IOException e) {
      unreadable(directory);
      return false;
    }
  }

  private List<Path> entries(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      unreadable(directory);
    }
    Collections.sort(entries);
    return entries;
  }

  private static boolean isHidden(Path entry) {
    String name = entry.getFileName().toString();
    return name.startsWith(".") || name.startsWith("_");
  }

  private boolean hasVanished(Path path) {
    return growing && Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private void unreadable(Path path) {
    if (hasVanished(path)) {
      return;
    }
    String kind = Files.isDirectory(path) ? "directory " : "file ";
    String message = "the " + kind + LocalFile.shortName(path) + " cannot be read";
    problem("SB-4003", message, "make it readable for this user: ls -ld " + path);
  }

  private void missing(Path path) {
    problem("SB-4001", LocalFile.shortName(path) + " does not exist", existingPart(path));
  }

  /** Tells up to where the path exists and what is there instead. */
  private String existingPart(Path path) {
    Path directory = path.getParent();
    Path wanted = path.getFileName();
    while (directory != null && !Files.isDirectory(directory)) {
      wanted = directory.getFileName();
      directory = directory.getParent();
    }
    if (directory == null) {
      return "";
    }
    List<String> names = names(directory);
    String near = wanted == null ? "" : NearestName.hint(wanted.toString(), names);
    if (!near.isEmpty()) {
      return near;
    }
    String shown = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
    String more = names.size() > NAMES_SHOWN ? ", ... (" + names.size() + " in all)" : "";
    return "the directory " + LocalFile.shortName(directory) + " is there and "
        + (names.isEmpty() ? "empty" : "holds: " + shown + more);
  }

  private static List<String> names(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  private void problem(String code, String message, String hint) {
    Problem problem = Problem.error(code, place, message, hint);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }
}
