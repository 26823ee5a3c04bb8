package dev.samzabatch.format;

/**
 * Reads records: a record into the columns of a batch, a row into those of its vector. Fields that are no columns are
 * passed over; columns that are no fields get what stands for them.
 */
final class AvroRecord implements AvroValue {

  private final AvroValue[] fields;
  private final Absent[] absent;

  /**
   * Makes a reader.
   *
   * @param fields one for each field of the record, in order
   * @param absent what the columns have that are none of the fields
   */
  AvroRecord(AvroValue[] fields, Absent[] absent) {
    this.fields = fields;
    this.absent = absent;
  }

  /**
   * A column that the records do not have.
   *
   * @param column reads the default
   * @param bytes the default, as it is encoded; not changed
   * @param in for reading them
   */
  record Absent(AvroValue column, byte[] bytes, AvroInput in) {

    void read(int row) {
      in.set(bytes, 0, bytes.length);
      column.read(in, row);
    }
  }

  @Override
  public void read(AvroInput in, int row) {
    for (AvroValue field : fields) {
      field.read(in, row);
    }
    for (Absent missing : absent) {
      missing.read(row);
    }
  }
}
