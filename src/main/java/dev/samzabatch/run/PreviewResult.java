package dev.samzabatch.run;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import java.util.List;

/**
 * Some rows of a relation.
 *
 * @param step the step or input
 * @param schema its columns
 * @param batches its rows, as many as were asked for at most
 * @param sampledRows how many rows of each input were looked at, at most; less than all of them when {@code sampled}
 * @param sampled whether some input had more rows than that, so that counts and sums are those of a sample
 */
public record PreviewResult(
    String step, Schema schema, List<RecordBatch> batches, long sampledRows, boolean sampled) {}
