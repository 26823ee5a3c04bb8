package dev.samzabatch.plan;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.Join;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.plan.PlanDraft.PartitionCount;
import dev.samzabatch.plan.PlanDraft.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Chooses how the two sides of a join meet. The smaller side (by estimate) is built into a table. It goes to every task
 * when it is small and its unmatched rows are not wanted; otherwise both sides are brought to the same partitions by
 * key, and a side that lies there already stays. Of a side without end no table can be made: then the other is built.
 */
final class JoinPlanner {

  private final PlanDraft draft;
  private final PlanOptions options;
  private final EventTimes times;

  JoinPlanner(PlanDraft draft, PlanOptions options, EventTimes times) {
    this.draft = draft;
    this.options = options;
    this.times = times;
  }

  Fragment join(Join spec, Fragment left, Fragment right) {
    boolean buildLeft = buildLeft(spec, left, right);
    Fragment build = buildLeft ? left : right;
    Fragment probe = buildLeft ? right : left;
    Sides together = together(spec, left, right);
    if (together != null) {
      return joined(spec, buildLeft, together);
    }
    if (times.within(spec).isPresent()) {
      return joined(spec, true, moved(spec, left, right, true));
    }
    boolean small = build.bytes() <= options.broadcastBytes() || spec.leftKeys().isEmpty();
    if (small && mayBroadcast(spec.type(), buildLeft) && !build.draft().needs(probe.draft())) {
      PartitionCount one = new PartitionCount(1, "about " + (build.bytes() >> 20) + " MB, given to every task");
      Target target = new Target(probe.draft(), true, true);
      Fragment everywhere = draft.exchange(build, spec.step(), List.of(), one, target);
      return joined(spec, buildLeft, buildLeft ? new Sides(everywhere, probe) : new Sides(probe, everywhere));
    }
    return joined(spec, buildLeft, moved(spec, left, right, buildLeft));
  }

  private boolean buildLeft(Join spec, Fragment left, Fragment right) {
    if (times.within(spec).isPresent()) {
      return true;
    }
    boolean leftEnds = times.isBounded(spec.sides().left());
    if (leftEnds != times.isBounded(spec.sides().right())) {
      return leftEnds;
    }
    boolean anyKeys = !spec.leftKeys().isEmpty() || spec.type().keepsRight();
    return anyKeys && left.bytes() < right.bytes();
  }

  private record Sides(Fragment left, Fragment right) {}

  /** A table that every task has must not give its own unmatched rows, or every task would give them. */
  private static boolean mayBroadcast(JoinType type, boolean buildLeft) {
    return buildLeft ? !type.keepsLeft() && !type.leftOnly() : !type.keepsRight();
  }

  /** Both sides as they are, when their rows meet already and their stages can become one; else null. */
  private Sides together(Join spec, Fragment left, Fragment right) {
    if (spec.leftKeys().isEmpty() || !alike(spec, left.partitioning(), right.partitioning())) {
      return null;
    }
    boolean buildLeft = buildLeft(spec, left, right);
    Fragment build = buildLeft ? left : right;
    Fragment probe = buildLeft ? right : left;
    if (!build.draft().canMerge(probe.draft())) {
      return null;
    }
    build.draft().merge(probe.draft());
    return new Sides(left, right);
  }

  private static boolean alike(Join spec, Partitioning left, Partitioning right) {
    if (left.kind() != right.kind() || left.partitions() != right.partitions()) {
      return false;
    }
    return switch (left.kind()) {
      case ANY -> false;
      case SINGLE -> true;
      case HASH -> spec.leftKeys().containsAll(left.keys())
          && right.keys().equals(mapped(left.keys(), spec.leftKeys(), spec.rightKeys()));
    };
  }

  private static List<Integer> mapped(List<Integer> columns, List<Integer> from, List<Integer> to) {
    return columns.stream().map(c -> to.get(from.indexOf(c))).toList();
  }

  /** Both sides in one stage, moved there by key; a side that lies right already is not moved. */
  private Sides moved(Join spec, Fragment left, Fragment right, boolean buildLeft) {
    refuseUnequal(spec, left, right);
    if (!spec.leftKeys().isEmpty()) {
      boolean leftStays = stays(left, spec.leftKeys(), right);
      boolean rightStays = stays(right, spec.rightKeys(), left);
      if (leftStays && (!rightStays || left.bytes() >= right.bytes())) {
        List<Integer> keys = mapped(left.partitioning().keys(), spec.leftKeys(), spec.rightKeys());
        return new Sides(left, draft.exchange(right, spec.step(), keys, as(left), into(left, !buildLeft)));
      }
      if (rightStays) {
        List<Integer> keys = mapped(right.partitioning().keys(), spec.rightKeys(), spec.leftKeys());
        return new Sides(draft.exchange(left, spec.step(), keys, as(right), into(right, buildLeft)), right);
      }
    }
    PartitionCount count =
        spec.leftKeys().isEmpty()
            ? new PartitionCount(1, "every pair of rows must meet")
            : draft.partitions(OptionalInt.empty(), spec.step(), left.bytes() + right.bytes());
    StageDraft stage = draft.newStage();
    Fragment movedLeft = draft.exchange(left, spec.step(), spec.leftKeys(), count, new Target(stage, true, false));
    Target behind = new Target(stage, !buildLeft, false);
    return new Sides(movedLeft, draft.exchange(right, spec.step(), spec.rightKeys(), count, behind));
  }

  private static boolean stays(Fragment side, List<Integer> keys, Fragment other) {
    return side.partitioning().kind() == Partitioning.Kind.HASH
        && keys.containsAll(side.partitioning().keys())
        && !other.draft().needs(side.draft());
  }

  private static PartitionCount as(Fragment side) {
    return new PartitionCount(side.partitioning().partitions(), "as the other side of the join");
  }

  private static Target into(Fragment side, boolean first) {
    return new Target(side.draft(), first, false);
  }

  /**
   * Two sides for which the job file asks different numbers of partitions, by the same keys of the join, contradict
   * each other. Numbers that nobody asked for do not: one side follows the other.
   */
  private static void refuseUnequal(Join spec, Fragment left, Fragment right) {
    OptionalInt l = asked(spec.sides().left());
    OptionalInt r = asked(spec.sides().right());
    if (l.isPresent() && r.isPresent() && !l.equals(r) && sameKeys(spec, left.partitioning(), right.partitioning())) {
      String names = spec.sides().left().step() + " (" + l.getAsInt() + ") and " + spec.sides().right().step();
      String message =
          "step \"" + spec.step() + "\" joins " + names + " (" + r.getAsInt() + "), which lie in different numbers of"
              + " partitions by the same keys";
      String hint = "give both steps the same `partitions`, or leave it out in one of them";
      throw new UserException(Problem.error("SB-2901", Place.none(), message, hint));
    }
  }

  /** The number of partitions that the job file asks for where the rows were last moved. */
  private static OptionalInt asked(OperatorSpec side) {
    if (side instanceof OperatorSpec.Aggregate aggregate) {
      return aggregate.partitions();
    }
    if (side instanceof OperatorSpec.Repartition repartition) {
      return repartition.partitions();
    }
    boolean stays = side instanceof OperatorSpec.Filter || side instanceof OperatorSpec.Project;
    return stays ? asked(side.inputs().get(0)) : OptionalInt.empty();
  }

  private static boolean sameKeys(Join spec, Partitioning left, Partitioning right) {
    return left.kind() == Partitioning.Kind.HASH
        && right.kind() == Partitioning.Kind.HASH
        && spec.leftKeys().containsAll(left.keys())
        && right.keys().equals(mapped(left.keys(), spec.leftKeys(), spec.rightKeys()));
  }

  private Fragment joined(Join spec, boolean buildLeft, Sides sides) {
    Fragment left = sides.left();
    Fragment right = sides.right();
    List<Integer> ports = new ArrayList<>(List.of(left.operator(), right.operator()));
    if (!buildLeft) {
      ports = List.of(right.operator(), left.operator());
    }
    Work.Join join = new Work.Join(spec.type(), buildLeft, spec.leftKeys(), spec.rightKeys(), spec.condition());
    Work work = times.within(spec).map(interval -> (Work) new Work.IntervalJoin(join, interval)).orElse(join);
    StageDraft stage = left.draft();
    int id = draft.operator(stage, spec.step(), work, ports, spec.schema());
    long bytes = spec.type().leftOnly() ? left.bytes() : left.bytes() + right.bytes();
    return new Fragment(stage, id, spec.schema(), partitioning(spec, left, right), bytes);
  }

  /** A side whose rows are all given once, and that lies by its own columns, still lies by them. */
  private static Partitioning partitioning(Join spec, Fragment left, Fragment right) {
    return switch (spec.type()) {
      case LEFT, SEMI, ANTI -> left.partitioning();
      case INNER -> left.partitioning().kind() == Partitioning.Kind.ANY
          ? right.partitioning().shifted(left.schema().size())
          : left.partitioning();
      case RIGHT -> right.partitioning().shifted(left.schema().size());
      case FULL -> left.partitioning().kind() == Partitioning.Kind.SINGLE ? left.partitioning() : Partitioning.ANY;
    };
  }
}
