package dev.samzabatch.run;

import dev.samzabatch.container.Connections;
import dev.samzabatch.container.OutputFile;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.Sink;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.run.RunRecord.OutputFigures;
import dev.samzabatch.state.StagedPart;
import dev.samzabatch.system.PartitionedReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.file.OutputTarget;
import dev.samzabatch.system.file.ProtectedPath;
import dev.samzabatch.system.file.Publication;
import dev.samzabatch.system.file.StagedFile;
import dev.samzabatch.system.file.StagedOutput;
import dev.samzabatch.system.file.StagingPlan;
import dev.samzabatch.system.file.SuccessFile;
import dev.samzabatch.system.file.TargetCheck;
import dev.samzabatch.system.kafka.LaneSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run reads and writes outside of its streams: opens splits and staged files for its tasks, and publishes the
 * outputs at the end. Rows for standard output are staged like any others, in the run's own directory, so that nothing
 * is printed by a run that fails.
 */
final class Outputs implements Connections, Closeable {

  private final PreparedJob job;
  private final StateDirectory state;
  private final RunSettings settings;
  private final Map<String, StagingPlan> plans = new LinkedHashMap<>();
  private final Map<String, StagedOutput> staged = new LinkedHashMap<>();
  private final Map<String, Publication> sealed = new LinkedHashMap<>();
  private final Buses buses;
  private final TopicOutputs topics;
  private List<StagedPart> parts = List.of();
  private Map<String, Long> topicRows = Map.of();
  private Optional<StreamSystems> streams = Optional.empty();

  private Outputs(PreparedJob job, StateDirectory state, RunSettings settings) {
    this.job = job;
    this.state = state;
    this.settings = settings;
    this.buses = new Buses(job.spec().systems(), job.request().overrides().environment(),
        job.spec().name() + "-" + job.plan().runId());
    this.topics = new TopicOutputs(job.spec().outputs(), this::schema, buses);
  }

  /** Outputs that have not been staged yet. */
  Outputs(PreparedJob job, StateDirectory state, RunSettings settings, String runId) {
    this(job, state, settings);
    for (OutputSpec output : job.spec().outputs().values()) {
      if (output.topic().isEmpty()) {
        plans.put(output.name(), StagingPlan.of(target(output), runId));
      }
    }
  }

  /** Outputs that a former process has begun to stage. */
  Outputs(PreparedJob job, StateDirectory state, RunSettings settings, Map<String, StagingPlan> begun) {
    this(job, state, settings);
    plans.putAll(begun);
  }

  private OutputTarget target(OutputSpec output) {
    if (output.location().isStdout()) {
      Path rows = state.runDirectory(job.plan().runId()).resolve("stdout").resolve(output.name());
      return new OutputTarget(rows, OutputSpec.Mode.FAIL, false, output.location().place());
    }
    return OutputTarget.of(output);
  }

  /**
   * Looks whether every output may be published where it is to go.
   *
   * @throws UserException with everything that stands against it
   */
  void refuseOccupied() {
    List<ProtectedPath> kept =
        List.of(
            new ProtectedPath(job.request().file().toAbsolutePath(), "the job file"),
            new ProtectedPath(state.root(), "the state directory"));
    List<Problem> problems = new ArrayList<>();
    for (OutputSpec output : job.spec().outputs().values()) {
      if (plans.containsKey(output.name()) && !output.location().isStdout()) {
        problems.addAll(TargetCheck.problems(plans.get(output.name()).target(), kept));
      }
    }
    problems.addAll(sharedTargets());
    problems.addAll(missingTopics());
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private List<Problem> missingTopics() {
    try {
      return topics.missing();
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }

  /** Two outputs must not meet in one place, whatever links lead there. */
  private List<Problem> sharedTargets() {
    List<Problem> problems = new ArrayList<>();
    List<Map.Entry<String, StagingPlan>> all = List.copyOf(plans.entrySet());
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        Path one = all.get(i).getValue().target().path();
        Path other = all.get(j).getValue().target().path();
        if (one.startsWith(other) || other.startsWith(one)) {
          String message =
              "output \"" + all.get(i).getKey() + "\" leads to " + one + ", and output \"" + all.get(j).getKey()
                  + "\" to "
                  + other;
          OutputTarget target = all.get(i).getValue().target();
          problems.add(Problem.error("SB-4106", target.place(), message, "give each output a path of its own"));
        }
      }
    }
    return problems;
  }

  /** What a person may not have meant: an output that takes the place of an input, or is read by the next run. */
  List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>();
    for (Map.Entry<String, StagingPlan> plan : plans.entrySet()) {
      OutputTarget target = plan.getValue().target();
      job.inputs().forEach((input, found) -> {
        if (found.found().stream().anyMatch(f -> OutputTarget.resolved(f.path()).startsWith(target.path()))) {
          boolean append = target.mode() == OutputSpec.Mode.APPEND;
          String message = "output \"" + plan.getKey() + "\" " + (append ? "adds files to" : "takes the place of")
              + " files that input \"" + input + "\" reads";
          String hint = append ? "the next run will read them too" : "after this run its files are gone";
          warnings.add(Problem.warning("SB-4107", target.place(), message, hint));
        }
      });
    }
    for (Sink sink : job.compiled().graph().sinks()) {
      boolean ordered = sink.input() instanceof OperatorSpec.Sort sort && !sort.keys().isEmpty();
      OutputSpec output = job.spec().outputs().get(sink.name());
      if (ordered && sink.kind() == Sink.Kind.OUTPUT && output.files().orElse(1) > 1) {
        String message =
            "output \"" + sink.name() + "\" spreads ordered rows over " + output.files().getAsInt() + " files";
        warnings.add(Problem.warning("SB-5021", output.place(), message, "their order is kept with files = 1"));
      }
    }
    return warnings;
  }

  /** Where everything is staged, for the manifest. */
  Map<String, StagingPlan> staging() {
    return plans;
  }

  /** Makes the staging directories, which the manifest names by now. */
  void create() throws IOException {
    for (Map.Entry<String, StagingPlan> plan : plans.entrySet()) {
      staged.put(plan.getKey(), StagedOutput.create(plan.getValue()));
    }
    topics.create();
  }

  /** Opens the streams of the run, with which outputs are committed that are published as the run goes. */
  StreamSystems openStreams() {
    streams = Optional.of(StreamSystems.open(job, state, settings, buses));
    return streams.get();
  }

  @Override
  public BatchReader openSplit(String input, FileSplit split, List<Integer> columns) throws IOException {
    FoundInput found = job.inputs().get(input);
    return found.format().openReader(split, new ReadSpec(found.schema(), columns, settings.batchRows()));
  }

  @Override
  public PartitionedReader openPartitions(String input, Share share, List<Integer> columns) throws IOException {
    return new PartitionedInputs(job, buses, settings.batchRows()).open(input, share, columns);
  }

  @Override
  public OutputFile openOutput(String output, String lane, int part, Optional<StagedFile> committed)
      throws IOException {
    OutputSpec spec = job.spec().outputs().get(output);
    if (spec.topic().isPresent()) {
      LaneSink sink = streams.orElseThrow().sink(lane);
      return new TopicOutputFile(topics.rows(output, sink), sink);
    }
    return StagedOutputFile.open(spec, staged.get(output), part, schema(spec), committed);
  }

  private Schema schema(OutputSpec output) {
    return job.schema(output.from().name());
  }

  /**
   * Takes the files that were committed.
   *
   * @throws IllegalStateException when they do not hold exactly the rows that were counted
   */
  void finished(List<StagedPart> committed, RunProgress progress) {
    parts = committed;
    Map<String, Long> sent = new LinkedHashMap<>();
    job.spec().outputs().values().stream().filter(o -> o.topic().isPresent())
        .forEach(o -> sent.put(o.name(), progress.outputRows(o.name())));
    topicRows = sent;
    for (String output : plans.keySet()) {
      long rows = files(output).stream().mapToLong(StagedFile::rows).sum();
      long counted = progress.outputRows(output);
      if (rows != counted) {
        throw new IllegalStateException(
            "records were lost or doubled: output " + output + " has " + rows + " records, it was given " + counted);
      }
    }
  }

  private List<StagedFile> files(String output) {
    return parts.stream().filter(p -> p.output().equals(output)).map(StagedPart::file).sorted(
        (a, b) -> a.name().compareTo(b.name())).toList();
  }

  /**
   * Makes every output ready to be published, so that what stands against one of them is found before any is.
   *
   * @throws UserException when by now something lies at a target that must not be replaced
   */
  void seal() throws IOException {
    for (OutputSpec output : job.spec().outputs().values()) {
      if (plans.containsKey(output.name()) && !isKept(output)) {
        SuccessFile success =
            new SuccessFile(job.plan().runId(), job.spec().name(), schema(output), files(output.name()));
        sealed.put(output.name(), staged.get(output.name()).seal(success));
      }
    }
  }

  /** Whether the old result stays, because the new one has no rows. */
  private boolean isKept(OutputSpec output) {
    return output.ifEmpty() == OutputSpec.IfEmpty.KEEP && isEmpty(output);
  }

  /** Takes back what was done for outputs that are not published; what cannot be is left to the manifest. */
  void discard(RunLog log) {
    for (StagingPlan plan : plans.values()) {
      try {
        StagedOutput.discard(plan);
      } catch (IOException e) {
        log.failure(e);
      }
    }
  }

  /** How the outputs, which are sealed, are published. */
  PublishJournal journal() {
    List<PublishJournal.Entry> entries = new ArrayList<>();
    for (OutputSpec output : job.spec().outputs().values()) {
      entries.add(output.topic().isPresent() ? sent(output) : isKept(output) ? kept(output) : published(output));
    }
    return new PublishJournal(job.plan().runId(), entries);
  }

  /** What is staged for it is deleted with the streams. */
  private PublishJournal.Entry kept(OutputSpec output) {
    String target = plans.get(output.name()).target().path().toString();
    OutputFigures figures = new OutputFigures(output.name(), target, "kept", 0, 0, 0);
    return new PublishJournal.Entry(figures, Optional.empty(), List.of(), Optional.empty());
  }

  private PublishJournal.Entry sent(OutputSpec output) {
    long rows = topicRows.get(output.name());
    OutputFigures figures = new OutputFigures(output.name(), output.location().written(), "published", rows, 0, 0);
    StreamSpec stream = job.plan().staged().get(output.name());
    Optional<StagedTopic> staged = Optional.ofNullable(stream).map(s -> new StagedTopic(output.name(),
        output.location().system(), output.location().path(), s, streams.orElseThrow().rows().published(s), rows));
    return new PublishJournal.Entry(figures, Optional.empty(), List.of(), staged);
  }

  private PublishJournal.Entry published(OutputSpec output) {
    List<StagedFile> files = files(output.name());
    long rows = files.stream().mapToLong(StagedFile::rows).sum();
    long bytes = files.stream().mapToLong(StagedFile::bytes).sum();
    Path path = plans.get(output.name()).target().path();
    boolean stdout = output.location().isStdout();
    OutputFigures figures = new OutputFigures(output.name(), stdout ? "-" : path.toString(),
        stdout ? "written" : "published", rows, bytes, files.size());
    List<Path> rowFiles = stdout ? files.stream().map(f -> path.resolve(f.name())).toList() : List.of();
    return new PublishJournal.Entry(figures, Optional.of(sealed.get(output.name())), rowFiles,
        Optional.empty());
  }

  @Override
  public void close() {
    buses.close();
  }

  private boolean isEmpty(OutputSpec output) {
    return output.topic().isPresent() ? topicRows.get(output.name()) == 0
        : files(output.name()).stream().allMatch(f -> f.rows() == 0);
  }

  /** Refuses to publish anything when an output is empty that must not be. */
  void refuseEmpty() {
    List<Problem> problems = new ArrayList<>();
    for (OutputSpec output : job.spec().outputs().values()) {
      if (output.ifEmpty() == OutputSpec.IfEmpty.FAIL && isEmpty(output)) {
        String message = "output \"" + output.name() + "\" has no rows, and if-empty = fail";
        problems.add(Problem.error("SB-5020", output.place(), message, "nothing was published"));
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }
}
