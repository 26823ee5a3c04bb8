package dev.samzabatch.format;

/** Decodes JSON objects. Texts are slices of the copies that {@link JsonValues} keeps. */
final class JsonRecordDecoder extends RowDecoder {

  private final JsonValues values = new JsonValues();
  private final JsonRecord record;

  JsonRecordDecoder(ReadSpec spec) {
    super(spec);
    record = JsonRecord.ofBatch(values.scanner(), schema(), vectors());
    begin();
  }

  @Override
  public void begin() {
    super.begin();
    values.clear();
    record.share(values.scanner().bytes());
  }

  @Override
  RecordProblem decode(byte[] bytes, int from, int to, int row) {
    if (values.add(bytes, from, to)) {
      record.share(values.scanner().bytes());
    }
    return values.read(record, row);
  }
}
