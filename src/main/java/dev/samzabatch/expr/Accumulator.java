package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import java.util.List;

/**
 * The running states of one {@link AggregateCall} for all groups of one table, by group number from 0. Used by one
 * thread.
 *
 * <p>
 * States leave as columns ({@link #stateTypes()}): to a stream between partial and final aggregation, to a changelog,
 * to disk. Adding rows and merging states in any order and grouping gives the same result; sums of doubles are
 * compensated, so that their last bit hardly ever depends on the order.
 *
 * <p>
 * The caller applies the call's filter and its DISTINCT: rows that do not count are not added. A failed call leaves the
 * states unusable.
 */
public interface Accumulator {

  /** The types of the columns that hold a state. A column of states may hold nulls: declare it nullable. */
  List<DataType> stateTypes();

  /** Makes room for the groups {@code 0 .. groups - 1}; new ones are empty. Called before a group is first used. */
  void ensureGroups(int groups);

  /**
   * Adds a value to a group, for {@code count} rows.
   *
   * @param argument the argument column, of the call's argument type; null for count(*)
   * @param rows physical rows, or null for {@code 0 .. count}
   * @param groups group of the i-th of these rows
   */
  void add(ColumnVector argument, int[] rows, int[] groups, int count);

  /**
   * Merges states, as {@link #writeStates} wrote them, into groups.
   *
   * @param states one vector a state type
   * @param rows physical rows, or null for {@code 0 .. count}
   * @param groups group of the i-th of these rows
   */
  void merge(ColumnVector[] states, int[] rows, int[] groups, int count);

  /**
   * Writes the states of the groups {@code groups[from .. from+count)} (or {@code from .. from+count} when null) to
   * rows 0 and following of the vectors, which have been cleared.
   */
  void writeStates(int[] groups, int from, int count, ColumnVector[] target);

  /**
   * The same for the final results, into one vector of the call's type.
   *
   * @throws EvaluationException when a result does not fit its type
   */
  void writeResults(int[] groups, int from, int count, ColumnVector target);

  /** Forgets all groups. */
  void clear();

  /** About how many bytes of heap the states use. */
  long memoryBytes();
}
