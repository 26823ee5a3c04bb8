package dev.samzabatch.job;

import java.util.List;
import java.util.Optional;

/** The verbs with the keys that belong to each. */
enum VerbKey {
  AGGREGATE("by", "aggregate"),
  JOIN("join"),
  LEFT_JOIN("left-join"),
  RIGHT_JOIN("right-join"),
  FULL_JOIN("full-join"),
  SEMI_JOIN("semi-join"),
  ANTI_JOIN("anti-join"),
  UNION("union"),
  DISTINCT("distinct"),
  SORT("order-by", "limit", "offset"),
  REPARTITION("partition-by"),
  SQL("sql");

  private final List<String> keys;

  VerbKey(String... keys) {
    this.keys = List.of(keys);
  }

  List<String> keys() {
    return keys;
  }

  /** The first of its keys that a step has. */
  Optional<String> keyIn(Section section) {
    return keys.stream().filter(section::has).findFirst();
  }

  boolean isJoin() {
    return switch (this) {
      case JOIN, LEFT_JOIN, RIGHT_JOIN, FULL_JOIN, SEMI_JOIN, ANTI_JOIN -> true;
      case AGGREGATE, UNION, DISTINCT, SORT, REPARTITION, SQL -> false;
    };
  }

  /** Whether the step needs {@code from}. */
  boolean readsFrom() {
    return this != UNION && this != SQL;
  }

  /** Whether rows go from one partition to another. */
  boolean movesRows() {
    return isJoin() || this == AGGREGATE || this == DISTINCT || this == REPARTITION;
  }

  /** Whether it keeps rows or groups until its input has ended. */
  boolean hasState() {
    return isJoin() || this == AGGREGATE || this == DISTINCT || this == SORT || this == SQL;
  }
}
