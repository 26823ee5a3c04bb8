package dev.samzabatch.system.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Directories with what is in them. Links are themselves here, never what they lead to. */
public final class FileTree {

  private FileTree() {}

  /** Whether anything of this name is there, be it a link to nothing. */
  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** What is in the directory, sorted. */
  static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  static boolean isEmptyDirectory(Path path) throws IOException {
    if (!isDirectory(path)) {
      return false;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      return !stream.iterator().hasNext();
    }
  }

  /** Deletes a file, or a directory with everything in it; nothing when there is nothing. */
  public static void delete(Path path) throws IOException {
    if (isDirectory(path)) {
      for (Path entry : entries(path)) {
        delete(entry);
      }
    }
    Files.deleteIfExists(path);
  }
}
