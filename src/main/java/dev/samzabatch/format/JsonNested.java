package dev.samzabatch.format;

/** Reads the JSON values of a column of arrays, maps or rows. */
interface JsonNested extends JsonLines.Body {

  /** What a column has that is not nested. */
  JsonNested NONE = new JsonNested() {
    @Override
    public byte opening() {
      throw new IllegalStateException("no nested value");
    }

    @Override
    public int read(int from, int row) {
      throw new IllegalStateException("no nested value");
    }

    @Override
    public void share(byte[] window) {}

    @Override
    public void setNull(int row) {}

    @Override
    public void unset(int row) {}
  };

  /** The bracket that values start with. */
  byte opening();

  /** Makes texts within slices of this array. */
  void share(byte[] window);

  /** Makes what is within the value of the row null. */
  void setNull(int row);

  /** Makes what is within the value of the row not null, as before the row was read. */
  void unset(int row);
}
