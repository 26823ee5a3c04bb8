package dev.samzabatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samza-batch plan}. */
@Command(name = "plan", mixinStandardHelpOptions = true,
    description = "Shows how a job would run: stages, tasks, operators, internal streams. Creates nothing.")
final class PlanCommand implements Callable<Integer> {

  /** In which form the plan is printed. */
  enum Form {
    TEXT,
    JSON,
    DOT,
    MERMAID
  }

  @Mixin
  private JobOptions job;

  @Mixin
  private ConsoleOptions console;

  @ArgGroup
  private FormOptions form = new FormOptions();

  /** At most one of them. */
  static final class FormOptions {
    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Option(names = "--dot", description = "Prints a drawing for Graphviz.")
    private boolean dot;

    @Option(names = "--mermaid", description = "Prints a drawing for Mermaid, for Markdown.")
    private boolean mermaid;

    Form form() {
      if (json) {
        return Form.JSON;
      }
      if (dot) {
        return Form.DOT;
      }
      return mermaid ? Form.MERMAID : Form.TEXT;
    }
  }

  @Override
  public Integer call() {
    return new PlanAction(new Console(console)).plan(Settings.request(job), form.form());
  }
}
