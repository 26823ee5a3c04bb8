package dev.samzabatch.format;

import dev.samzabatch.data.Schema;
import java.util.List;

/**
 * What to read of each record.
 *
 * @param schema all columns of the records, as declared or inferred
 * @param columns indexes in {@code schema} of the columns that batches are to have, ascending; may be empty
 * @param batchRows how many rows a batch has at most
 */
public record ReadSpec(Schema schema, List<Integer> columns, int batchRows) {

  /** The schema of the batches. */
  public Schema batchSchema() {
    return schema.project(columns.stream().mapToInt(Integer::intValue).toArray());
  }
}
