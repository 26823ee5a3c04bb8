package dev.samzabatch.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random expressions over random batches and selections, against {@link NaiveEvaluator}. */
class EvaluatorsTest {

  private static final String FAILURE = "no right answer";

  @Property(tries = 3000)
  void theKernelsAgreeWithTheNaiveEvaluator(@ForAll long seed) {
    RandomExprs random = new RandomExprs(seed);
    DataType type = random.any(RandomExprs.TYPES);
    Expr expr = random.expr(type, 3);
    Evaluator evaluator = Evaluators.compile(expr);
    for (int round = 0; round < 3; round++) {
      List<List<Object>> rows = random.rows(20);
      RecordBatch batch = select(rows, seed + round);
      assertThat(kernels(evaluator, type, batch)).as("%s", expr).isEqualTo(naive(expr, rows, batch));
    }
  }

  @Property(tries = 3000)
  void aFilterKeepsTheRowsForWhichTheConditionIsTrue(@ForAll long seed) {
    RandomExprs random = new RandomExprs(seed);
    Expr condition = random.expr(ScalarType.BOOLEAN, 3);
    BatchFilter filter = Filters.compile(condition);
    for (int round = 0; round < 3; round++) {
      List<List<Object>> rows = random.rows(20);
      RecordBatch batch = select(rows, seed + round);
      assertThat(filtered(filter, batch)).as("%s", condition).isEqualTo(naiveFilter(condition, rows, batch));
    }
  }

  @Property(tries = 1000)
  void foldingChangesNoResult(@ForAll long seed) {
    RandomExprs random = new RandomExprs(seed);
    DataType type = random.any(RandomExprs.TYPES);
    Expr expr = random.expr(type, 4);
    List<List<Object>> rows = random.rows(5);
    RecordBatch batch = select(rows, seed);
    assertThat(kernels(Evaluators.compile(Folding.fold(expr)), type, batch))
        .as("%s", expr)
        .isEqualTo(kernels(Evaluators.compile(expr), type, batch));
  }

  private static RecordBatch select(List<List<Object>> rows, long seed) {
    RecordBatch batch = Values.batch(RandomExprs.SCHEMA, rows);
    Random random = new Random(seed);
    if (random.nextInt(3) == 0) {
      return batch;
    }
    int[] selection = new int[rows.size()];
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (random.nextBoolean()) {
        selection[count++] = row;
      }
    }
    return batch.withSelection(selection, count);
  }

  private static Object kernels(Evaluator evaluator, DataType type, RecordBatch batch) {
    try {
      ColumnVector vector = evaluator.evaluate(batch);
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < batch.rowCount(); i++) {
        values.add(Values.get(type, vector, batch.row(i)));
      }
      return values;
    } catch (EvaluationException e) {
      return FAILURE;
    }
  }

  private static Object naive(Expr expr, List<List<Object>> rows, RecordBatch batch) {
    try {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < batch.rowCount(); i++) {
        values.add(new NaiveEvaluator(rows.get(batch.row(i))).value(expr));
      }
      return values;
    } catch (NaiveEvaluator.NoAnswer e) {
      return FAILURE;
    }
  }

  private static Object filtered(BatchFilter filter, RecordBatch batch) {
    try {
      RecordBatch result = filter.filter(batch);
      List<Object> kept = new ArrayList<>();
      for (int i = 0; i < result.rowCount(); i++) {
        kept.add(result.row(i));
      }
      return kept;
    } catch (EvaluationException e) {
      return FAILURE;
    }
  }

  private static Object naiveFilter(Expr condition, List<List<Object>> rows, RecordBatch batch) {
    try {
      List<Object> kept = new ArrayList<>();
      for (int i = 0; i < batch.rowCount(); i++) {
        if (new NaiveEvaluator(rows.get(batch.row(i))).holds(condition)) {
          kept.add(batch.row(i));
        }
      }
      return kept;
    } catch (NaiveEvaluator.NoAnswer e) {
      return FAILURE;
    }
  }
}
