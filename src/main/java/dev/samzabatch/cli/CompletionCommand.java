package dev.samzabatch.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code samza-batch completion}. */
@Command(name = "completion", mixinStandardHelpOptions = true,
    description = "Prints a script that teaches a shell to complete commands and options: "
        + "source <(samza-batch completion bash)")
final class CompletionCommand implements Runnable {

  /** The shells that the script is for; it is one script for all of them. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(arity = "0..1", paramLabel = "SHELL", defaultValue = "bash", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = root.getOut();
    if (shell == Shell.zsh) {
      out.println("autoload -U +X compinit && compinit");
    }
    out.print(AutoComplete.bash("samza-batch", root));
    out.flush();
  }
}
