package dev.samzabatch.report;

import java.util.ArrayList;
import java.util.List;

/** Text in columns that are lined up, two blanks apart. Cells that are too long are cut. */
public final class Table {

  private static final int MAX_CELL = 60;
  private static final String GAP = "  ";

  private final List<String> header;
  private final boolean[] right;
  private final int maxCell;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> header, int maxCell) {
    this.header = header;
    this.maxCell = maxCell;
    this.right = new boolean[header.size()];
  }

  /** A table with these headings, all cells to the left and cut at 60 characters. */
  public static Table of(String... header) {
    return new Table(List.of(header), MAX_CELL);
  }

  /** A table with these headings, all cells to the left and cut at so many characters. */
  public static Table of(List<String> header, int maxCell) {
    return new Table(List.copyOf(header), maxCell);
  }

  /** Puts the cells of these columns to the right, as numbers are. */
  public Table right(int... columns) {
    for (int column : columns) {
      right[column] = true;
    }
    return this;
  }

  /** Adds a row with a cell for each heading. */
  public Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    if (row.size() != header.size()) {
      throw new IllegalArgumentException(row.size() + " cells for " + header.size() + " columns");
    }
    rows.add(row);
    return this;
  }

  /** Whether it has no rows. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The heading and the rows, a line each, without blanks at their ends. */
  public List<String> lines() {
    int[] widths = new int[header.size()];
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(rows);
    List<List<String>> cut = all.stream().map(row -> row.stream().map(cell -> cut(cell, maxCell)).toList()).toList();
    for (List<String> row : cut) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return cut.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - length(row.get(i)));
      out.append(i == 0 ? "" : GAP).append(right[i] ? blanks + row.get(i) : row.get(i) + blanks);
    }
    return out.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text with nothing in it that moves the cursor, and at most so many characters. */
  static String cut(String text, int max) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(max + 1L).forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    int end = length(text) > max ? out.offsetByCodePoints(0, max - 1) : out.length();
    return length(text) > max ? out.substring(0, end) + "…" : out.toString();
  }
}
