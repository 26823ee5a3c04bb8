package dev.samzabatch.operator;

import dev.samzabatch.expr.AggregateCall;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Grouping and aggregates over boxed rows, written for simplicity. */
final class AggregateOracle {

  private AggregateOracle() {}

  /** Keys, then results, for every group; one group when there are no keys. */
  static List<List<Object>> results(List<List<Object>> rows, List<Integer> keys, List<AggregateCall> calls) {
    Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();
    if (keys.isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (List<Object> row : rows) {
      List<Object> key = new ArrayList<>();
      keys.forEach(k -> key.add(row.get(k)));
      groups.computeIfAbsent(OperatorTester.normal(key), k -> new ArrayList<>()).add(row);
    }
    List<List<Object>> results = new ArrayList<>();
    groups.forEach(
        (key, members) -> {
          List<Object> result = new ArrayList<>(key);
          calls.forEach(call -> result.add(result(call, members)));
          results.add(result);
        });
    return results;
  }

  private static Object result(AggregateCall call, List<List<Object>> members) {
    List<Object> values = new ArrayList<>();
    for (List<Object> row : members) {
      boolean counts = call.filter() < 0 || Boolean.TRUE.equals(row.get(call.filter()));
      Object value = call.argument() < 0 ? Long.valueOf(1) : row.get(call.argument());
      if (counts && value != null) {
        values.addAll(OperatorTester.normal(List.of(value)));
      }
    }
    List<Object> taken = call.distinct() ? new ArrayList<>(new LinkedHashSet<>(values)) : values;
    return switch (call.function()) {
      case COUNT -> (long) taken.size();
      case SUM -> taken.isEmpty() ? null : sum(taken);
      case SUM_OR_ZERO -> taken.isEmpty() ? (Object) 0L : sum(taken);
      case MIN -> taken.stream().min(AggregateOracle::compare).orElse(null);
      case MAX -> taken.stream().max(AggregateOracle::compare).orElse(null);
      case AVG -> taken.isEmpty() ? null : (Object) (((Number) sum(taken)).doubleValue() / taken.size());
      case SINGLE_VALUE -> taken.isEmpty() ? null : taken.get(0);
    };
  }

  private static Object sum(List<Object> values) {
    if (values.get(0) instanceof Double) {
      return values.stream().mapToDouble(v -> (Double) v).reduce(0, Double::sum);
    }
    if (values.get(0) instanceof BigDecimal) {
      return values.stream().map(v -> (BigDecimal) v).reduce(BigDecimal::add).orElseThrow();
    }
    return values.stream().mapToLong(v -> ((Number) v).longValue()).reduce(0, Math::addExact);
  }

  /** The order of SQL values that are not null. */
  @SuppressWarnings("unchecked")
  static int compare(Object a, Object b) {
    if (a instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Arrays.compareUnsigned(bytes, ((String) b).getBytes(StandardCharsets.UTF_8));
    }
    if (a instanceof Double number) {
      return Double.compare(number == 0 ? 0.0 : number, (Double) b == 0 ? 0.0 : (Double) b);
    }
    if (a instanceof List<?> list) {
      List<?> other = (List<?>) b;
      for (int i = 0; i < Math.min(list.size(), other.size()); i++) {
        Object one = list.get(i);
        Object two = other.get(i);
        int order = one == null || two == null ? Boolean.compare(one == null, two == null) : compare(one, two);
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(list.size(), other.size());
    }
    return ((Comparable<Object>) a).compareTo(b);
  }
}
