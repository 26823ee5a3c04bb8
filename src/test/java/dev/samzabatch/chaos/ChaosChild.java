package dev.samzabatch.chaos;

import dev.samzabatch.run.RunOutcome;
import dev.samzabatch.system.Faults;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs or resumes a lab's job in a process of its own, which a fault may kill. */
public final class ChaosChild {

  /** The process was killed by a fault. */
  static final int KILLED = 137;

  private static final int FAILED = 1;

  private ChaosChild() {}

  /** Arguments: the lab's directory; {@code run} or {@code resume}. */
  public static void main(String... args) throws IOException {
    Lab lab = new Lab(Path.of(args[0]));
    Optional<RunOutcome> outcome = args[1].equals("run") ? lab.run() : lab.resume();
    if (outcome.isEmpty() || !outcome.get().record().status().isDone()) {
      System.out.println(outcome.map(o -> o.record().failure()).orElseGet(lab::refusal));
      System.exit(FAILED);
    }

  }

  /** Starts one with these faults armed, waits for its end and gives its exit code. */
  static int start(Lab lab, String command, String faults) throws IOException, InterruptedException {
    Process process = begin(lab, command, faults);
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly().onExit().join();
      throw new IllegalStateException("a " + command + " with " + faults + " hangs");
    }
    return process.exitValue();
  }

  /** Starts one with these faults armed. */
  static Process begin(Lab lab, String command, String faults) throws IOException {
    return java(lab, ChaosChild.class.getName(), List.of(lab.path("").toString(), command), faults);
  }

  /** Starts a class with these faults armed; what it says is in the lab's {@code child.log}. */
  static Process java(Lab lab, String mainClass, List<String> arguments, String faults) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    words.addAll(List.of("-D" + Faults.PROPERTY + "=" + faults, "-cp", System.getProperty("java.class.path")));
    words.add(mainClass);
    words.addAll(arguments);
    File said = lab.path("child.log").toFile();
    return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said).start();
  }
}
