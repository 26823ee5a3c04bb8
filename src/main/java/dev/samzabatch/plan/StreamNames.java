package dev.samzabatch.plan;

/** Names of internal streams. */
final class StreamNames {

  private StreamNames() {}

  /** {@code <job>-<label>-<kind>-<run.id>}, with '_' for what a name must not have. */
  static String of(PlanOptions options, String label, String kind) {
    return options.job() + "-" + label.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + kind + "-" + options.runId();
  }
}
