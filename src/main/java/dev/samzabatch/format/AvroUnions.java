package dev.samzabatch.format;

/** What reads the values of a union, each of which has the index of its branch before it. */
final class AvroUnions {

  private AvroUnions() {}

  /** Of null and one other schema. */
  static AvroValue optional(AvroTarget target, int nullBranch, AvroValue other) {
    return (in, row) -> {
      if (in.readIndex(2) == nullBranch) {
        target.readNull(in, row);
      } else {
        other.read(in, row);
      }
    };
  }

  /** Of any schemas. */
  static AvroValue any(AvroValue[] branches) {
    return (in, row) -> branches[in.readIndex(branches.length)].read(in, row);
  }
}
