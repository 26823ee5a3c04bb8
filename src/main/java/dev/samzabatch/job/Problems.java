package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a job, so that all of it can be told at once. */
final class Problems {

  private static final int MAX_TOLD = 100;

  private final Set<Problem> found = new LinkedHashSet<>();
  private boolean errors;

  void add(Problem problem) {
    found.add(problem);
    errors |= problem.isError();
  }

  boolean hasErrors() {
    return errors;
  }

  /** The warnings, by place. */
  List<Problem> warnings() {
    return sorted().stream().filter(problem -> !problem.isError()).toList();
  }

  /** Throws what was found, by place, if there is an error among it; of very many the first hundred. */
  void throwIfErrors() {
    if (!errors) {
      return;
    }
    List<Problem> all = sorted();
    if (all.size() > MAX_TOLD) {
      List<Problem> told = new ArrayList<>(all.subList(0, MAX_TOLD));
      String more = "and " + (all.size() - MAX_TOLD) + " more problems";
      told.add(Problem.error("SB-1099", Place.none(), more, "mend the first ones and check again"));
      all = told;
    }
    throw new UserException(all);
  }

  private List<Problem> sorted() {
    return found.stream().sorted(Comparator.comparing(Problem::place)).toList();
  }
}
