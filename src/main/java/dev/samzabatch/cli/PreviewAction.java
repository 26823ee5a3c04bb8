package dev.samzabatch.cli;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.report.RowText;
import dev.samzabatch.report.Table;
import dev.samzabatch.run.Preview;
import dev.samzabatch.run.PreviewResult;
import dev.samzabatch.run.RunSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows rows of a step. */
final class PreviewAction {

  private final Console console;
  private final boolean json;

  PreviewAction(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  int preview(JobRequest request, Optional<String> step, int rows) {
    PreviewResult result = Preview.run(request, step, rows, RunSettings.DEFAULT);
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("step", result.step());
      document.put("schema", result.schema().toString());
      document.put("sampled", result.sampled());
      document.put("rows", result.batches().stream().flatMap(b -> RowText.objects(b).stream()).toList());
      console.json(document);
    } else {
      Table table = RowText.table(result.schema(), result.batches(), rows);
      console.answer(table.isEmpty() ? List.of(result.step() + " has no rows here") : table.lines());
    }
    if (result.sampled() && !console.quiet()) {
      console.tell("computed from about the first " + Quantities.count(result.sampledRows())
          + " rows of each input: counts and sums are those of the sample");
    }
    return ExitCode.DONE;
  }
}
