package dev.samzabatch.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Functions of other dialects, and what to write here instead. */
final class ForeignFunctions {

  private static final Map<String, String> INSTEAD = Map.ofEntries(
      Map.entry("concat", "a || b"),
      Map.entry("concat_ws", "a || ', ' || b"),
      Map.entry("substr", "substring(text from 2 for 3), or substring(text, 2, 3)"),
      Map.entry("left", "substring(text, 1, 3)"),
      Map.entry("len", "length(text)"),
      Map.entry("strlen", "length(text)"),
      Map.entry("ucase", "upper(text)"),
      Map.entry("lcase", "lower(text)"),
      Map.entry("ltrim", "trim(leading ' ' from text)"),
      Map.entry("rtrim", "trim(trailing ' ' from text)"),
      Map.entry("strpos", "position('x' in text)"),
      Map.entry("instr", "position('x' in text)"),
      Map.entry("contains", "text like '%x%'"),
      Map.entry("starts_with", "text like 'x%'"),
      Map.entry("regexp_matches", "text like '%x%'"),
      Map.entry("ifnull", "coalesce(a, b)"),
      Map.entry("nvl", "coalesce(a, b)"),
      Map.entry("isnull", "a is null"),
      Map.entry("if", "case when a then b else c end"),
      Map.entry("iif", "case when a then b else c end"),
      Map.entry("decode", "case a when 1 then 'x' else 'y' end"),
      Map.entry("try_cast", "cast(a as long)"),
      Map.entry("safe_cast", "cast(a as long)"),
      Map.entry("date_trunc", "floor(time to hour)"),
      Map.entry("date_part", "extract(hour from time)"),
      Map.entry("datepart", "extract(hour from time)"),
      Map.entry("datediff", "timestampdiff(day, from, to)"),
      Map.entry("date_diff", "timestampdiff(day, from, to)"),
      Map.entry("dateadd", "timestampadd(day, 1, time), or time + interval '1' day"),
      Map.entry("date_add", "timestampadd(day, 1, time), or time + interval '1' day"),
      Map.entry("to_date", "cast(text as date)"),
      Map.entry("to_timestamp", "cast(text as timestamp), or timestamp_millis(number)"),
      Map.entry("from_unixtime", "timestamp_millis(seconds * 1000)"),
      Map.entry("epoch_ms", "unix_millis(time), or timestamp_millis(number)"),
      Map.entry("unix_timestamp", "unix_millis(time) / 1000"),
      Map.entry("to_char", "cast(a as string)"),
      Map.entry("approx_count_distinct", "count(distinct a)"),
      Map.entry("countif", "count(*) filter (where a)"),
      Map.entry("count_if", "count(*) filter (where a)"));

  private ForeignFunctions() {}

  /** What to write instead of a function that we do not have; empty when nobody thought of it. */
  static Optional<String> instead(String name) {
    return Optional.ofNullable(INSTEAD.get(name.toLowerCase(Locale.ROOT))).map(sql -> "write " + sql);
  }
}
