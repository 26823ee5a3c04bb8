package dev.samzabatch.chaos;

/**
 * An order of the numbers below a bound that looks random and needs no memory: a mixing of so many bits that can be
 * undone, repeated until the result is below the bound.
 */
final class Permutation {

  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final long OTHER_ODD = 0xD6E8FEB86659FD93L;

  private final long size;
  private final long seed;
  private final long mask;
  private final int half;

  Permutation(long size, long seed) {
    int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(size - 1));
    this.size = size;
    this.seed = (seed + 1) * OTHER_ODD;
    this.mask = (1L << bits) - 1;
    this.half = (bits + 1) / 2;
  }

  /** The number at a place; places and numbers are at least 0 and below the size. */
  long at(long place) {
    long number = place;
    do {
      number = (number * ODD + seed) & mask;
      number ^= number >>> half;
      number = ((number ^ (seed >>> half)) * OTHER_ODD) & mask;
      number ^= number >>> half;
    } while (number >= size);
    return number;
  }
}
