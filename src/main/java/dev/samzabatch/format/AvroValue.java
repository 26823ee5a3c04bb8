package dev.samzabatch.format;

/** Reads the Avro values of one field, element or branch into the vector of a column, or passes over them. */
@FunctionalInterface
interface AvroValue {

  /** Reads a value as this row, for which there is room. */
  void read(AvroInput in, int row);
}
