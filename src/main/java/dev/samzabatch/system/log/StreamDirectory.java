package dev.samzabatch.system.log;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of one stream: {@code <stream name>/p<partition>-<lane>.log}. */
final class StreamDirectory {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Pattern FILE = Pattern.compile("p(\\d{1,9})-([A-Za-z0-9_-][A-Za-z0-9._-]*)\\.log");

  private final Path path;

  /** One file of the stream. */
  record LogFile(Path path, int partition, String lane) {}

  /**
   * The directory of a stream, which need not exist.
   *
   * @throws IllegalArgumentException when the name could mean another directory
   */
  StreamDirectory(Path streams, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a stream");
    }
    path = streams.resolve(name);
  }

  /** Whether a stream or a lane may have this name: letters, digits, '.', '_' and '-', the first of them not '.'. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  Path path() {
    return path;
  }

  /** The file of a lane in a partition. */
  Path file(int partition, String lane) {
    if (!isName(lane)) {
      throw new IllegalArgumentException("\"" + lane + "\" cannot be the name of a lane");
    }
    return path.resolve("p" + partition + "-" + lane + ".log");
  }

  /** The files that there are, by partition and lane; none when there is no such directory. */
  List<LogFile> files() throws IOException {
    List<LogFile> files = new ArrayList<>();
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return files;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        Matcher name = FILE.matcher(entry.getFileName().toString());
        if (name.matches() && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          files.add(new LogFile(entry, Integer.parseInt(name.group(1)), name.group(2)));
        }
      }
    }
    files.sort(Comparator.comparingInt(LogFile::partition).thenComparing(LogFile::lane));
    return files;
  }

  /** Deletes the stream's files and the directory, and gives the bytes that they held. */
  long delete() throws IOException {
    long bytes = 0;
    for (LogFile file : files()) {
      bytes += Files.size(file.path());
      Files.delete(file.path());
    }
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(path);
      }
    } catch (DirectoryNotEmptyException e) {
      throw new IOException(path + " holds files that belong to no stream; the stream's own files are deleted", e);
    } catch (NoSuchFileException e) {
      return bytes;
    }
    return bytes;
  }
}
