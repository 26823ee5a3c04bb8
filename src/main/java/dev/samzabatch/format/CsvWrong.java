package dev.samzabatch.format;

/** Tells what {@link CsvScanner} has found wrong with a record. */
final class CsvWrong {

  private CsvWrong() {}

  /** Notes it; {@code base} is the offset of the array's first byte. */
  static void add(CsvScanner scanner, byte[] array, long base, BadRecords bad) {
    int start = scanner.wrongStart();
    int field = scanner.wrongField();
    switch (scanner.wrong()) {
      case FIELD_COUNT -> bad.addMalformed(base + start, "expected " + scanner.columns() + " fields, found "
          + scanner.fields() + ": " + shown(scanner, array, start),
          "check the delimiter and the quotes; all records have the same columns");
      case TEXT_AFTER_QUOTE -> bad.addMalformed(base + field,
          "expected a delimiter or the end of the line behind the closing quote of a field: "
              + shown(scanner, array, field),
          "a quote in a quoted field is written twice, unless escape is set");
      case QUOTE_NOT_CLOSED -> bad.addMalformed(base + field,
          "the quote that opens this field is never closed, up to the end of the " + bad.whole() + ": "
              + shown(scanner, array, field),
          "close it in the " + bad.whole() + "; if quotes have no meaning there, set quote = \"\"");
      case NOTHING -> throw new IllegalStateException("nothing is wrong");
    }
  }

  private static String shown(CsvScanner scanner, byte[] array, int from) {
    return BadRecords.shown(array, from, scanner.recordStart()).stripTrailing();
  }
}
