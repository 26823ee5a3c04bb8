/**
 * What is shown of a run: progress while it goes on, the summary at its end, tables and JSON of rows.
 *
 * <p>
 * {@link dev.samzabatch.report.RunReporter} is what a run tells; it shows progress as a {@code LiveProgress} table that
 * is redrawn, or as {@code LineProgress} where nothing can be redrawn, and collects what the summary needs.
 * {@link dev.samzabatch.report.RunSummary} is the text of a run's record, {@link dev.samzabatch.report.ResultHead} the
 * first rows of what it published, {@link dev.samzabatch.report.Table} lines up all of that.
 *
 * <p>
 * In: facts of the run package. Out: text, to the writers that it is given. It decides nothing and knows neither the
 * terminal nor the options of commands. Start with {@code RunReporter}.
 */
package dev.samzabatch.report;
