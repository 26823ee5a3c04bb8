package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import java.io.Closeable;
import java.io.IOException;

/**
 * One physical operator of one task. Batches are pushed through it: it may keep copies of what it needs, and emits any
 * number of batches while it handles one. All calls come from the thread that owns the task.
 *
 * <p>
 * Ports are numbered from 0; the task feeds them in the order in which the operator was planned (a join's build side is
 * ended before its probe side starts). How rows are cut into batches never changes what is emitted in total.
 *
 * <pre>
 * [restore]  { process | watermark | idle | tick | spill | flush, save }
 *            endOfStream of the last port  { drain | save }  close
 * </pre>
 *
 * <p>
 * What an operator must not lose is in its {@link dev.samzabatch.state.Changelog}s and one number, its cursor: after
 * {@link #save} both together are its whole state. Whoever restores it gives it changelogs that end where that save
 * ended, and the cursor.
 */
public interface Operator extends Closeable {

  /**
   * Handles one batch that arrived at a port. The batch is not used after the call returns.
   *
   * @throws IOException when a stream or file cannot be written
   */
  void process(int port, RecordBatch batch, Output output) throws IOException;

  /**
   * Handles the end of a port; called once a port, behind its last batch. What the operator still holds after the end
   * of its last port it emits in {@link #drain}.
   */
  void endOfStream(int port, Output output) throws IOException;

  /**
   * Emits the next part of what is held after the end of the last port; called until it gives false. A part takes a
   * fraction of a second, so that commits are possible in between.
   *
   * @return whether there is more to come
   */
  default boolean drain(Output output) throws IOException {
    return false;
  }

  /**
   * Handles the promise, for all ports that have not ended, that no row follows with an earlier event time than this;
   * what becomes complete by it is emitted before those behind are promised the same. It never goes back; the same may
   * come again.
   *
   * @param micros microseconds since 1970, or {@link dev.samzabatch.system.PartitionedReader#NO_WATERMARK}
   */
  default void watermark(long micros, Output output) throws IOException {}

  /** Says that nothing comes at present: nobody is to wait for a watermark from here, until the next one. */
  default void idle() {}

  /**
   * Lets time pass; called now and then between two batches, not after the end of the last port.
   *
   * @param nanos of a clock that only goes forward
   */
  default void tick(long nanos, Output output) throws IOException {}

  /** How many rows this operator has dropped because what they belong to had been emitted. */
  default long lateRows() {
    return 0;
  }

  /** Emits what is held only to save work for those behind; called before a commit, not after the last port's end. */
  default void flush(Output output) throws IOException {}

  /**
   * Appends to the changelogs what they do not have yet.
   *
   * @return the cursor: what the operator must know besides its changelogs; 0 for nothing
   */
  default long save() throws IOException {
    return 0;
  }

  /**
   * Makes a new operator what another was when its {@link #save} gave this cursor.
   *
   * @param endedPorts how many ports had ended by then
   */
  default void restore(long cursor, int endedPorts) throws IOException {}

  /**
   * Gives memory back by moving state to changelogs or other files of its own.
   *
   * @return whether it gave any; false also when the operator cannot, or may not, leave memory
   */
  default boolean spill() throws IOException {
    return false;
  }

  /** About how many bytes of heap the operator holds at present. */
  default long memoryBytes() {
    return 0;
  }

  /** Frees what is not heap; called once, whatever came before. */
  @Override
  default void close() throws IOException {}
}
