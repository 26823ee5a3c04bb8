package dev.samzabatch.format;

/** Decodes records that are one line of fields each. Strings are slices of the copies in a window. */
final class CsvRecordDecoder extends RowDecoder {

  private final RecordWindow window = new RecordWindow();
  private final BadRecords bad = BadRecords.ofValues();
  private final CsvScanner scanner;
  private final boolean emptyIsRecord;
  private final CsvDecoder[] columns;

  CsvRecordDecoder(ReadSpec spec, CsvOptions options) {
    super(spec);
    int[] slots = CsvColumns.byPosition(spec, spec.schema().size());
    boolean blankIsRecord = CsvReader.blankIsRecord(spec.schema(), options);
    emptyIsRecord = blankIsRecord && slots.length == 1;
    scanner = new CsvScanner(options, slots, schema().size(), 1, blankIsRecord);
    columns = new CsvDecoder[schema().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new CsvDecoder(schema().field(i), options, vectors()[i], bad);
    }
    begin();
  }

  @Override
  public void begin() {
    super.begin();
    window.clear();
    share();
  }

  private void share() {
    for (CsvDecoder column : columns) {
      column.share(window.array(), 0);
    }
  }

  @Override
  RecordProblem decode(byte[] bytes, int from, int to, int row) {
    if (window.add(bytes, from, to)) {
      share();
    }
    if (scan()) {
      for (int i = 0; i < columns.length; i++) {
        columns[i].decodeRow(scanner, i, row);
      }
    }
    if (bad.isEmpty()) {
      return null;
    }
    window.dropLast();
    return bad.take();
  }

  /** Finds the fields of the value; notes it as bad when it is not one record. */
  private boolean scan() {
    int start = window.start();
    boolean lineIsEmpty = start == window.limit() && emptyIsRecord;
    scanner.startBatch();
    scanner.index(window.array(), start, lineIsEmpty ? start + 1 : window.limit(), true);
    if (scanner.scan(1, Integer.MAX_VALUE) == CsvScanner.Stop.WRONG) {
      CsvWrong.add(scanner, window.array(), 0, bad);
    } else if (scanner.rows() == 0) {
      bad.addMalformed(start, "expected " + scanner.columns() + " fields, found an empty record", bad.mend());
    } else if (scanner.recordStart() < window.limit()) {
      bad.addMalformed(scanner.recordStart(), "expected one line, found another one behind it: "
          + BadRecords.shown(window.array(), scanner.recordStart(), window.limit()),
          "each record is one line; a field with a line end in it is written in quotes");
    }
    return bad.isEmpty();
  }
}
