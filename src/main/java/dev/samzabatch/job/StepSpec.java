package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A named relation: {@code from}, then the filter, then the verb, then the select.
 *
 * @param name its name
 * @param place where it is declared
 * @param from the relation it starts from; empty for {@link Verb.Union} and {@link Verb.Sql}
 * @param filter a condition on the rows before the verb
 * @param verb what it does
 * @param select expressions on the rows behind the verb; empty when all columns go on
 * @param partitions of the internal stream that the verb needs; empty when the engine decides
 * @param state where it keeps its state; empty when it is as for the whole run
 * @param time what it does with time
 */
public record StepSpec(String name, Place place, Optional<Reference> from, Optional<SqlText> filter, Verb verb,
    List<SqlText> select, OptionalInt partitions, Optional<StateKind> state, TimeSpec time) {

  /**
   * What a step does with time.
   *
   * @param window windows of a grouping
   * @param within how far apart in time the rows of a join may be
   * @param emitEvery how often a grouping without windows tells its results, in a job without end
   */
  public record TimeSpec(Optional<WindowSpec> window, Optional<WithinSpec> within, Optional<Duration> emitEvery) {

    /** Nothing. */
    public static final TimeSpec NONE = new TimeSpec(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The relations that the keys of this step name; those inside SQL are not among them. */
  public List<Reference> references() {
    List<Reference> references = new ArrayList<>();
    from.ifPresent(references::add);
    if (verb instanceof Verb.Join join) {
      references.add(join.right());
    } else if (verb instanceof Verb.Union union) {
      references.addAll(union.relations());
    }
    return references;
  }
}
