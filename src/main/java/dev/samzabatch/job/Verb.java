package dev.samzabatch.job;

import java.util.List;
import java.util.OptionalLong;

/** What a step does between its filter and its select. */
public sealed interface Verb {

  /** Nothing: rows go through. */
  record Pass() implements Verb {}

  /**
   * Groups rows.
   *
   * @param by columns or expressions; empty for one group of all rows
   * @param aggregates expressions like {@code count(*) as n}; at least one
   */
  record Aggregate(List<SqlText> by, List<SqlText> aggregates) implements Verb {}

  /**
   * Joins the rows with those of another relation.
   *
   * @param kind which rows come out
   * @param right the other relation
   * @param on equal columns; at least one
   */
  record Join(Kind kind, Reference right, List<JoinKey> on) implements Verb {

    /** Which rows come out. */
    public enum Kind {
      INNER,
      LEFT,
      RIGHT,
      FULL,
      SEMI,
      ANTI
    }
  }

  /**
   * A pair of columns that are equal in joined rows.
   *
   * @param left column of the relation in {@code from}, without quotes
   * @param right column of the joined relation, without quotes
   * @param text as it was written
   */
  record JoinKey(String left, String right, SqlText text) {}

  /** All rows of several relations, duplicates kept; at least two relations. */
  record Union(List<Reference> relations) implements Verb {}

  /** Each different row once. */
  record Distinct() implements Verb {}

  /**
   * Sorts, and keeps some of the rows.
   *
   * @param by expressions like {@code delay desc}; empty when rows are only counted off
   * @param limit how many rows are kept; empty for all
   * @param offset how many rows are left out first
   */
  record Sort(List<SqlText> by, OptionalLong limit, long offset) implements Verb {}

  /** Moves rows of equal keys to one partition; at least one key. */
  record Repartition(List<SqlText> keys) implements Verb {}

  /** A whole query. */
  record Sql(SqlText query) implements Verb {}
}
