package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.plan.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * A join in terms of its build side, which is kept, and its probe side, which streams by.
 *
 * @param schema of what is emitted: left columns, then right ones; only left ones for SEMI and ANTI
 */
record JoinShape(Work.Join work, Schema left, Schema right, Schema schema) {

  JoinType type() {
    return work.type();
  }

  Schema buildSchema() {
    return work.buildLeft() ? left : right;
  }

  Schema probeSchema() {
    return work.buildLeft() ? right : left;
  }

  int[] buildKeys() {
    return indexes(work.buildLeft() ? work.leftKeys() : work.rightKeys());
  }

  int[] probeKeys() {
    return indexes(work.buildLeft() ? work.rightKeys() : work.leftKeys());
  }

  private static int[] indexes(List<Integer> keys) {
    return keys.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The columns of left and right; names do not matter to a condition, and the two sides may have the same. */
  Schema pairSchema() {
    List<Field> fields = new ArrayList<>();
    left.fields().forEach(f -> fields.add(Field.optional("left" + fields.size(), f.type())));
    right.fields().forEach(f -> fields.add(Field.optional("right" + fields.size(), f.type())));
    return new Schema(fields);
  }

  /** The columns of both sides, left before right. */
  ColumnVector[] columns(ColumnVector[] build, ColumnVector[] probe) {
    ColumnVector[] columns = new ColumnVector[left.size() + right.size()];
    System.arraycopy(work.buildLeft() ? build : probe, 0, columns, 0, left.size());
    System.arraycopy(work.buildLeft() ? probe : build, 0, columns, left.size(), right.size());
    return columns;
  }

  /** An empty build side. */
  BuildSide newBuildSide() {
    boolean keepsBuild = work.buildLeft() ? type().keepsLeft() : type().keepsRight();
    boolean onlyKeys = givesProbeOnly() && work.condition().isEmpty();
    return new BuildSide(buildSchema(), buildKeys(), new BuildSide.Keeps(outerProbe(), keepsBuild, onlyKeys));
  }

  /** Whether probe rows without a match go out with nulls. */
  boolean outerProbe() {
    return !type().leftOnly() && (work.buildLeft() ? type().keepsRight() : type().keepsLeft());
  }

  /** Whether probe rows without a match go out in any form. */
  boolean emitsUnmatchedProbe() {
    return outerProbe() || givesProbeOnly() && type() == JoinType.ANTI;
  }

  /** Whether matches only choose among the build rows. */
  boolean givesBuildOnly() {
    return type().leftOnly() && work.buildLeft();
  }

  /** Whether matches only choose among the probe rows. */
  boolean givesProbeOnly() {
    return type().leftOnly() && !work.buildLeft();
  }

  /** Whether build rows go out at the end, depending on whether they have matched. */
  boolean emitsBuild() {
    return givesBuildOnly() || (work.buildLeft() ? type().keepsLeft() : type().keepsRight());
  }
}
