package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.job.Reference;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Looks at the columns of the relations of a union verb, which meet by position: as many in each, of types that have
 * something in common, and not the same names in another order.
 */
final class UnionColumns {

  private final String step;
  private final Reference first;
  private final Schema firstSchema;

  UnionColumns(String step, Reference first, Schema firstSchema) {
    this.step = step;
    this.first = first;
    this.firstSchema = firstSchema;
  }

  /** What is wrong with the other relations. */
  List<Problem> check(Map<Reference, Schema> others) {
    return others.entrySet().stream().flatMap(other -> check(other.getKey(), other.getValue()).stream()).toList();
  }

  private List<Problem> check(Reference other, Schema schema) {
    if (schema.size() != firstSchema.size()) {
      return List.of(problem("SB-2015", other, first.name() + " has " + firstSchema.size() + " columns, " + other.name()
          + " has " + schema.size(),
          first.name() + ": " + String.join(", ", firstSchema.names()) + "\n" + other.name()
              + ": " + String.join(", ", schema.names())));
    } else if (schema.names().equals(firstSchema.names())) {
      return types(other, schema);
    } else if (new TreeSet<>(schema.names()).equals(new TreeSet<>(firstSchema.names()))) {
      return List.of(problem("SB-2015", other, other.name() + " has the columns of " + first.name()
          + " in another order, and a union goes by position",
          "bring them in order in a step before: select = [" + String.join(", ", firstSchema.names()) + "]"));
    }
    List<Problem> problems = types(other, schema);
    return problems.isEmpty() ? List.of(otherNames(other, schema)) : problems;
  }

  private Problem otherNames(Reference other, Schema schema) {
    int at = 0;
    while (firstSchema.field(at).name().equals(schema.field(at).name())) {
      at++;
    }
    return Problem.warning("SB-2015", other.place(), "step \"" + step + "\": column " + (at + 1) + " is "
        + firstSchema.field(at).name() + " in " + first.name() + " and " + schema.field(at).name() + " in "
        + other.name(), "a union goes by position and takes the names of the first");
  }

  private List<Problem> types(Reference other, Schema schema) {
    return IntStream.range(0, schema.size())
        .filter(i -> !Casts.haveCommon(firstSchema.type(i), schema.type(i)))
        .mapToObj(i -> problem("SB-2015", other, "column " + firstSchema.field(i).name() + " is "
            + firstSchema.type(i) + " in " + first.name() + " and " + schema.type(i) + " in " + other.name(),
            "cast one in a step before"))
        .toList();
  }

  private Problem problem(String code, Reference at, String message, String hint) {
    return Problem.error(code, at.place(), "step \"" + step + "\": " + message, hint);
  }
}
