package dev.samzabatch.expr;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType.Layout;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;

/** Functions that look into arrays, maps and rows. */
final class Nested {

  private Nested() {}

  /** The kernel for the call. */
  static Kernel kernel(Expr.Call call) {
    Layout layout = call.args().get(0).type().layout();
    return switch (call.function()) {
      case FIELD -> field(((Number) ((Expr.Literal) call.args().get(1)).value()).intValue());
      case ITEM -> layout == Layout.MAP ? Nested::mapItem : Nested::arrayItem;
      default -> layout == Layout.MAP ? Nested::mapSize : Nested::arraySize;
    };
  }

  private static Kernel field(int index) {
    return (args, rows, count, result) -> Scatter.copy(((RowVector) args[0]).child(index), rows, count, result);
  }

  private static void arrayItem(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    ArrayVector array = (ArrayVector) args[0];
    long[] positions = ((LongVector) args[1]).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      long position = positions[row];
      boolean present = position >= 1 && position <= array.lengths()[row];
      take(array.elements(), present ? array.starts()[row] + (int) position - 1 : -1, row, result);
    }
  }

  private static void mapItem(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    MapVector map = (MapVector) args[0];
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      take(map.values(), ValueOrder.find(map, row, args[1], row), row, result);
    }
  }

  private static void take(ColumnVector elements, int element, int row, ColumnVector result) {
    if (element < 0) {
      result.setNull(row);
    } else {
      result.copy(elements, null, element, 1, row);
    }
  }

  private static void arraySize(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    int[] lengths = ((ArrayVector) args[0]).lengths();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      ((LongVector) result).set(row, lengths[row]);
    }
  }

  private static void mapSize(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    int[] lengths = ((MapVector) args[0]).lengths();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      ((LongVector) result).set(row, lengths[row]);
    }
  }
}
