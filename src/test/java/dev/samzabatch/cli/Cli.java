package dev.samzabatch.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands in this process, over a state directory of its own. */
final class Cli {

  private final Path state;

  Cli(Path state) {
    this.state = state;
  }

  /** What a command answered. */
  record Answer(int code, String out, String err) {
    List<String> outLines() {
      return out.lines().toList();
    }

    List<String> errLines() {
      return err.lines().toList();
    }
  }

  /** Runs a command that needs no state. */
  static Answer plain(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintStream before = System.out;
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    System.setOut(new PrintStream(rows, true, StandardCharsets.UTF_8));
    try {
      int code = Main.execute(args, new PrintWriter(out), new PrintWriter(err, true));
      return new Answer(code, rows.toString(StandardCharsets.UTF_8) + out, err.toString());
    } finally {
      System.setOut(before);
    }
  }

  /** Runs a command over the state directory. */
  Answer run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--state-dir");
    all.add(state.toString());
    return plain(all.toArray(String[]::new));
  }
}
