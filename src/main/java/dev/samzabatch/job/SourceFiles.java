package dev.samzabatch.job;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads job files, each once; whatever is no readable UTF-8 text becomes a problem. */
final class SourceFiles {

  private static final long MAX_BYTES = 16L << 20;
  private static final int MAX_NAMES = 1000;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Problems problems;
  private final Map<Path, Optional<SourceFile>> read = new HashMap<>();

  SourceFiles(Problems problems) {
    this.problems = problems;
  }

  /** The text of this file, without a byte order mark; empty after a problem was noted. */
  Optional<SourceFile> read(Path path) {
    Path key = path.toAbsolutePath().normalize();
    Optional<SourceFile> known = read.get(key);
    if (known == null) {
      known = readNow(path);
      read.put(key, known);
    }
    return known;
  }

  /** The file that the library means by {@code name} or {@code name: line} among those read. */
  Optional<SourceFile> named(String description) {
    String name = description.replaceFirst(": [0-9-]+$", "");
    return read.values().stream().flatMap(Optional::stream).filter(file -> file.name().equals(name)).findFirst();
  }

  private Optional<SourceFile> readNow(Path path) {
    if (Files.isDirectory(path)) {
      return unreadable(path, "is a directory, a job file was expected", nearbyHint(path, "job.conf"));
    }
    if (!Files.exists(path)) {
      Path folder = path.toAbsolutePath().getParent();
      return unreadable(path, "does not exist", folder == null ? "" : nearbyHint(folder, name(path)));
    }
    try {
      if (Files.size(path) > MAX_BYTES) {
        return unreadable(path, "has more than 16 MB, too much for a job file", "is it a data file?");
      }
      return decode(path, Files.readAllBytes(path));
    } catch (AccessDeniedException e) {
      return unreadable(path, "may not be read by this user", "see: ls -l " + path);
    } catch (IOException e) {
      return unreadable(path, "cannot be read: " + e.getMessage(), "");
    }
  }

  private Optional<SourceFile> decode(Path path, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      boolean utf16 = bytes.length > 1 && (bytes[0] & 0xff) >= 0xfe && (bytes[1] & 0xff) >= 0xfe;
      return notText(path, text, text.length(),
          utf16 ? "it seems to be UTF-16" : "a byte that is no UTF-8 stands here");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') {
        return notText(path, text, i, String.format("a control character (0x%02x) stands here", (int) c));
      }
    }
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return Optional.of(SourceFile.of(path, marked ? text.substring(1) : text));
  }

  private Optional<SourceFile> notText(Path path, String text, int offset, String why) {
    Place place = SourceFile.of(path, text).place(offset);
    problems
        .add(Problem.error("SB-1002", place, "the file is no UTF-8 text: " + why, "save it as plain text in UTF-8"));
    return Optional.empty();
  }

  private Optional<SourceFile> unreadable(Path path, String what, String hint) {
    problems.add(Problem.error("SB-1001", Place.of(path.toString()), "the file " + what, hint));
    return Optional.empty();
  }

  private static String nearbyHint(Path folder, String wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.limit(MAX_NAMES).map(SourceFiles::name).filter(n -> n.endsWith(".conf")).sorted().toList();
      String near = NearestName.hint(wanted, names);
      return near.isEmpty() && !names.isEmpty() ? "job files there: " + String.join(", ", names) : near;
    } catch (IOException e) {
      return "";
    }
  }

  private static String name(Path path) {
    Path last = path.getFileName();
    return last == null ? "" : last.toString();
  }
}
