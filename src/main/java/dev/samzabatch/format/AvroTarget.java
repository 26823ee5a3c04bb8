package dev.samzabatch.format;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Values;

/**
 * Where Avro values go.
 *
 * @param path name of the column, with points of the field in it; for messages
 * @param type of the column, field or element
 * @param nullable whether it may be null
 * @param vector takes the values
 */
record AvroTarget(String path, DataType type, boolean nullable, ColumnVector vector) {

  /** Makes the row null, if it may be. */
  void readNull(AvroInput in, int row) {
    if (!nullable) {
      in.bad().addNull(in.position(), path, type);
      throw BadRecord.NOTED;
    }
    Values.set(type, vector, row, null);
  }

  /** Notes that a value that has been read does not fit; for the caller to throw. */
  BadRecord unfit(AvroInput in, String value, String why) {
    in.bad().addValue(in.position(), path, type, value, why);
    return BadRecord.NOTED;
  }
}
