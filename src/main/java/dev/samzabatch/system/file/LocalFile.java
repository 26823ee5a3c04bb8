package dev.samzabatch.system.file;

import dev.samzabatch.format.SourceFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file of the local file system as it was when it was found.
 *
 * @param path absolute
 * @param name the path as a person would write it: relative when it lies under the current directory
 * @param length size in bytes
 * @param modified time of the last change in milliseconds since 1970
 */
public record LocalFile(Path path, String name, long length, long modified) implements SourceFile {

  /** The file at this path, with its present size and time. */
  static LocalFile of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new LocalFile(path, shortName(path), attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  /** The path relative to the current directory if it lies under it. */
  static String shortName(Path path) {
    Path current = Path.of("").toAbsolutePath();
    return path.startsWith(current) && !path.equals(current) ? current.relativize(path).toString() : path.toString();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    FileInputStream in = new FileInputStream(path.toFile());
    try {
      in.getChannel().position(offset);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return in;
  }
}
