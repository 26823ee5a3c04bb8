package dev.samzabatch.expr;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Values;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A typed expression over the columns of a batch, resolved once: every name is an index, every type is decided, every
 * implicit conversion is a {@link Function#CAST}. Immutable. {@link #toString()} is for plans and messages.
 */
public sealed interface Expr {

  /** The type of the value. */
  DataType type();

  /** Whether the value may be null. */
  boolean nullable();

  /**
   * The value of a column.
   *
   * @param index index in the batch
   * @param name the column's name, for messages
   */
  record Column(int index, String name, DataType type, boolean nullable) implements Expr {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A constant.
   *
   * @param value an object as {@link Values} describes it, null for null
   */
  record Literal(DataType type, Object value) implements Expr {
    @Override
    public boolean nullable() {
      return value == null;
    }

    @Override
    public String toString() {
      return value instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(value);
    }
  }

  /**
   * A function of other expressions.
   *
   * @param function what is computed; it defines how many arguments there are and of which types
   */
  record Call(Function function, List<Expr> args, DataType type, boolean nullable) implements Expr {

    /** Copies the arguments. */
    public Call {
      args = List.copyOf(args);
    }

    @Override
    public String toString() {
      return function == Function.CAST
          ? "cast(" + args.get(0) + " as " + type + ")"
          : args.stream().map(Expr::toString).collect(Collectors.joining(", ", function.label() + "(", ")"));
    }
  }
}
