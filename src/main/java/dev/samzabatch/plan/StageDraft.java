package dev.samzabatch.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A stage in the making. Two drafts may be merged, after which both names stand for the same draft. */
final class StageDraft {

  private final List<PlannedOperator> operators = new ArrayList<>();
  private final List<Integer> sources = new ArrayList<>();
  private final Set<StageDraft> upstream = new LinkedHashSet<>();
  private int partitions;
  private String reason = "";
  private StageDraft mergedInto;

  /** The draft that this one has become part of, or itself. */
  StageDraft current() {
    StageDraft draft = this;
    while (draft.mergedInto != null) {
      draft = draft.mergedInto;
    }
    return draft;
  }

  List<PlannedOperator> operators() {
    return operators;
  }

  List<Integer> sources() {
    return sources;
  }

  /** How many partitions its streams have; 0 for a stage that only scans inputs (and perhaps reads broadcasts). */
  int partitions() {
    return partitions;
  }

  String reason() {
    return reason;
  }

  void partitions(int count, String why) {
    partitions = count;
    reason = why;
  }

  void add(PlannedOperator operator) {
    operators.add(operator);
  }

  /** Adds a source, to be read before or after all others. */
  void addSource(PlannedOperator source, boolean first) {
    operators.add(0, source);
    sources.add(first ? 0 : sources.size(), source.id());
  }

  void dependsOn(StageDraft writer) {
    upstream.add(writer);
  }

  /** Whether this stage reads, directly or through other stages, what {@code other} writes, or is the same stage. */
  boolean needs(StageDraft other) {
    Set<StageDraft> seen = new HashSet<>(Set.of(this));
    Deque<StageDraft> next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      StageDraft draft = next.pop();
      if (draft == other) {
        return true;
      }
      draft.upstream().stream().filter(seen::add).forEach(next::push);
    }
    return false;
  }

  /** Whether the two can become one stage: neither waits for the other, and they have the same number of tasks. */
  boolean canMerge(StageDraft other) {
    return partitions == other.partitions && !needs(other) && !other.needs(this);
  }

  /** Takes over everything of {@code later}, whose sources are read after this one's. */
  void merge(StageDraft later) {
    operators.addAll(later.operators);
    sources.addAll(later.sources);
    upstream.addAll(later.upstream);
    later.mergedInto = this;
  }

  /** The stages whose streams this one reads. */
  Set<StageDraft> upstream() {
    Set<StageDraft> current = new LinkedHashSet<>();
    upstream.forEach(u -> current.add(u.current()));
    return current;
  }
}
