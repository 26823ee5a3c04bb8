package dev.samzabatch.data;

/**
 * Some records in columns. The rows that count are either the physical rows {@code 0 .. rowCount()}, or those that
 * {@link #selection()} lists, ascending. A filter only shortens the selection; columns are computed by physical row and
 * shared between batches.
 *
 * <p>
 * A batch is valid until its maker makes the next one (see {@link ColumnVector}); batch size never changes a result.
 * Not thread-safe.
 */
public final class RecordBatch implements StreamItem {

  /** The usual number of physical rows in a batch. */
  public static final int DEFAULT_ROWS = 1024;

  private final Schema schema;
  private final ColumnVector[] columns;
  private final int[] selection;
  private final int rowCount;

  private RecordBatch(Schema schema, ColumnVector[] columns, int[] selection, int rowCount) {
    if (columns.length != schema.size()) {
      throw new IllegalArgumentException(columns.length + " columns for the schema " + schema);
    }
    this.schema = schema;
    this.columns = columns;
    this.selection = selection;
    this.rowCount = rowCount;
  }

  /** The batch of the physical rows {@code 0 .. rows}. The array is not copied. */
  public static RecordBatch of(Schema schema, ColumnVector[] columns, int rows) {
    return new RecordBatch(schema, columns, null, rows);
  }

  /** The batch of the first {@code count} rows that {@code selection} lists, ascending. The arrays are not copied. */
  public static RecordBatch selected(Schema schema, ColumnVector[] columns, int[] selection, int count) {
    return new RecordBatch(schema, columns, selection, count);
  }

  /** The same rows with other columns, which must have values at these rows. */
  public RecordBatch withColumns(Schema newSchema, ColumnVector[] newColumns) {
    return new RecordBatch(newSchema, newColumns, selection, rowCount);
  }

  /** The same columns with only the first {@code count} rows of another selection. */
  public RecordBatch withSelection(int[] newSelection, int count) {
    return new RecordBatch(schema, columns, newSelection, count);
  }

  /** Names and types of the columns. */
  public Schema schema() {
    return schema;
  }

  /** The column at this index. */
  public ColumnVector column(int index) {
    return columns[index];
  }

  /** How many columns there are. */
  public int columnCount() {
    return columns.length;
  }

  /**
   * The physical rows that count, ascending, in the first {@link #rowCount()} places; null when they are 0, 1, 2, ...
   */
  public int[] selection() {
    return selection;
  }

  /** How many rows count. */
  public int rowCount() {
    return rowCount;
  }

  /** The physical row of the i-th row that counts. */
  public int row(int i) {
    return selection == null ? i : selection[i];
  }

  /** One more than the largest physical row that counts. */
  public int physicalRows() {
    if (selection == null) {
      return rowCount;
    }
    return rowCount == 0 ? 0 : selection[rowCount - 1] + 1;
  }

  /** A batch of its own with copies of the rows that count. */
  public RecordBatch copy() {
    ColumnVector[] copies = new ColumnVector[columns.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = schema.type(i).newVector(rowCount);
      copies[i].copy(columns[i], selection, 0, rowCount, 0);
    }
    return of(schema, copies, rowCount);
  }
}
