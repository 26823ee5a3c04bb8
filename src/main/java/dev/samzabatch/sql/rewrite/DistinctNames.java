package dev.samzabatch.sql.rewrite;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes names of columns distinct that no user sees. */
public final class DistinctNames {

  private DistinctNames() {}

  /** A schema of these fields, where a name that occurs again gets a number. */
  public static Schema schema(List<Field> fields) {
    Set<String> used = new HashSet<>();
    List<Field> distinct = new ArrayList<>();
    for (Field field : fields) {
      String name = used.contains(field.name()) ? other(field.name(), used) : field.name();
      used.add(name);
      distinct.add(new Field(name, field.type(), field.nullable()));
    }
    return new Schema(distinct);
  }

  /** The name with the first number that none of these has. */
  public static String other(String name, Collection<String> used) {
    int number = 0;
    while (used.contains(name + number)) {
      number++;
    }
    return name + number;
  }
}
