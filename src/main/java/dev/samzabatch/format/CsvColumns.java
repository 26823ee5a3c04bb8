package dev.samzabatch.format;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which columns of a file go where.
 *
 * @param slots for each column of the file its index in the batches, or {@link CsvScanner#UNWANTED}
 * @param headerEnd offset of the line behind the header; 0 without one
 */
record CsvColumns(int[] slots, long headerEnd) {

  private static final int SHOWN_NAMES = 20;

  /** What stands for bytes that are not UTF-8. */
  private static final char NOT_UTF8 = '\ufffd';

  /**
   * By name if the file has a header, else by position.
   *
   * @throws UserException when the header lacks columns of the schema or has one of them twice
   */
  static CsvColumns of(SourceFile file, ReadSpec spec, CsvOptions options) throws IOException {
    if (!options.header()) {
      return new CsvColumns(byPosition(spec, spec.schema().size()), 0);
    }
    CsvHeader header = CsvHeader.read(file, options);
    if (header.fields().isEmpty()) {
      return new CsvColumns(byPosition(spec, spec.schema().size()), header.end());
    }
    return new CsvColumns(byName(file, spec, header), header.end());
  }

  /** The slots of a file of so many columns, whose first are those of the schema. */
  static int[] byPosition(ReadSpec spec, int columns) {
    int[] slots = new int[columns];
    Arrays.fill(slots, CsvScanner.UNWANTED);
    for (int i = 0; i < spec.columns().size(); i++) {
      slots[spec.columns().get(i)] = i;
    }
    return slots;
  }

  private static int[] byName(SourceFile file, ReadSpec spec, CsvHeader header) {
    requireClosed(file, header);
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < header.fields().size(); i++) {
      places.computeIfAbsent(header.fields().get(i), name -> new ArrayList<>()).add(i);
    }
    List<Problem> problems = new ArrayList<>();
    int[] wanted = byPosition(spec, spec.schema().size());
    int[] slots = new int[header.fields().size()];
    Arrays.fill(slots, CsvScanner.UNWANTED);
    for (int column = 0; column < spec.schema().size(); column++) {
      String name = spec.schema().field(column).name();
      List<Integer> found = places.getOrDefault(name, List.of());
      if (found.isEmpty()) {
        problems.add(missing(file, name, spec.schema(), header));
      } else if (found.size() > 1) {
        problems.add(duplicate(file, name, found));
      } else {
        slots[found.get(0)] = wanted[column];
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return slots;
  }

  private static void requireClosed(SourceFile file, CsvHeader header) {
    if (!header.closed()) {
      throw new UserException(Problem.error("SB-3004", new Place(file.name(), 1, 0),
          "a quote in the header is never closed, up to the end of the file",
          "close it in the file; if quotes have no meaning there, set quote = \"\""));
    }
  }

  private static void requireText(SourceFile file, CsvHeader header) {
    for (int i = 0; i < header.fields().size(); i++) {
      String name = header.fields().get(i);
      if (name.chars().anyMatch(c -> c == NOT_UTF8 || Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0)) {
        throw new UserException(Problem.error("SB-3005", new Place(file.name(), 1, 0),
            "the name of column " + (i + 1) + " in the header is not UTF-8 text: " + shortened(name),
            "turn the file into UTF-8, for example with iconv -f latin1 -t utf-8; "
                + "if it is no text at all, check the format"));
      }
    }
  }

  /** Refuses a header that is broken or no text, or that has a name twice or an empty one. */
  static void requireNames(SourceFile file, CsvHeader header) {
    requireClosed(file, header);
    requireText(file, header);
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < header.fields().size(); i++) {
      String name = header.fields().get(i);
      Integer before = seen.putIfAbsent(name, i);
      if (before != null) {
        problems.add(duplicate(file, name, List.of(before, i)));
      } else if (name.isEmpty()) {
        problems.add(
            Problem.error("SB-3033", new Place(file.name(), 1, 0), "column " + (i + 1) + " of the header has no name",
                "name it in the file, or declare the schema with header = false"));
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static Problem missing(SourceFile file, String name, Schema schema, CsvHeader header) {
    boolean noneKnown = schema.names().stream().noneMatch(header.fields()::contains);
    String near = NearestName.hint(name, header.fields());
    String hint = near.isEmpty() ? "name the columns in the schema as the header does" : near;
    if (noneKnown) {
      hint = "if the file has no header, set header = false; check the delimiter too";
    }
    return Problem.error("SB-3031", new Place(file.name(), 1, 0),
        "the header has no column \"" + name + "\", which the schema declares; it has " + shown(header.fields()), hint);
  }

  private static Problem duplicate(SourceFile file, String name, List<Integer> found) {
    return Problem.error("SB-3032", new Place(file.name(), 1, 0),
        "the header has \"" + shortened(name) + "\" twice, as column " + (found.get(0) + 1) + " and "
            + (found.get(1) + 1)
            + ": which one is meant cannot be known",
        "rename one of them in the file");
  }

  static String shown(List<String> names) {
    String list = String.join(", ", names.stream().limit(SHOWN_NAMES).map(CsvColumns::shortened).toList());
    return names.size() <= SHOWN_NAMES ? list : list + ", and " + (names.size() - SHOWN_NAMES) + " more";
  }

  private static String shortened(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "...";
  }
}
