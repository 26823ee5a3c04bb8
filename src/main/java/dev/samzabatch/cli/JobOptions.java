package dev.samzabatch.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A job file and what is laid over it. */
final class JobOptions {

  @Parameters(paramLabel = "JOB.CONF", description = "The job file.")
  private Path file;

  @Option(names = {"-f", "--overlay"}, paramLabel = "FILE",
      description = "A file laid over the job file; of several the right one wins.")
  private List<Path> overlays = new ArrayList<>();

  @Option(names = "--set", paramLabel = "PATH=VALUE",
      description = "Sets a key of the job, for example run.containers=4; null removes it.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "Gives a param of the job its value.")
  private Map<String, String> params = new LinkedHashMap<>();

  Path file() {
    return file;
  }

  List<Path> overlays() {
    return overlays;
  }

  List<String> sets() {
    return sets;
  }

  Map<String, String> params() {
    return params;
  }
}
