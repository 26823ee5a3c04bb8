package dev.samzabatch.job;

import com.typesafe.config.Config;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads jobs. Nothing outside the job's own files is looked at: whether inputs exist and what columns they have is for
 * later packages.
 */
public final class JobLoader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]*");
  private static final int MAX_NAME = 100;
  private static final List<String> KEYS =
      List.of("job", "mode", "params", "systems", "inputs", "steps", "outputs", "run", "checks");

  private final JobRequest request;
  private final Problems problems = new Problems();

  private JobLoader(JobRequest request) {
    this.request = request;
  }

  /**
   * Reads a job.
   *
   * @throws UserException with all problems there are
   */
  public static JobSpec load(JobRequest request) {
    return new JobLoader(request).load();
  }

  private JobSpec load() {
    SourceFiles files = new SourceFiles(problems);
    Optional<List<Layer>> layers = Layers.read(request, files, problems);
    Optional<Config> merged = layers.flatMap(
        found -> new Substitutions(found, request.overrides().environment(), problems).resolve());
    if (merged.isEmpty()) {
      // What cannot be parsed has no keys to look at; without some of its files a job would only seem to lack things.
      problems.throwIfErrors();
    }
    Positions positions = new Positions(layers.orElseThrow(), files, files.read(request.file()).orElseThrow());
    return read(merged.orElseThrow(), positions);
  }

  private JobSpec read(Config config, Positions positions) {
    Placeholders none = new Placeholders(Map.of(), Set.of(), problems);
    Node early = new Node(new Reading(problems, positions, none), "", config.root());
    Section earlyRoot = Section.of(early, "a job", KEYS).orElseThrow();
    Optional<MappedText> name = earlyRoot.require("job", "job = a-name").flatMap(JobLoader::name);
    ParamReader params = new ParamReader(request, problems);
    params.read(earlyRoot.find("params"));
    Reading reading = new Reading(problems, positions, params.placeholders(name.map(MappedText::text).orElse("")));
    Section root = Section.of(new Node(reading, "", config.root()), "a job", KEYS).orElseThrow();
    JobSpec spec = sections(root, params, name);
    problems.throwIfErrors();
    return spec;
  }

  private JobSpec sections(Section root, ParamReader params, Optional<MappedText> name) {
    Mode mode = root.find("mode").flatMap(node -> Scalars.oneOf(node, Mode.class)).orElse(Mode.BATCH);
    Set<String> given = new TreeSet<>(request.overrides().params().keySet());
    Map<String, SystemSpec> systems = new SystemReader(request, given).read(root.find("systems"));
    LocationReader locations = new LocationReader(request, systems, given);
    Optional<Node> inputs = root.require("inputs", "inputs { views { uri = \"data/views.csv\" } }");
    Optional<Node> outputs = root.require("outputs", "outputs { result { from = views, uri = \"out/views.csv\" } }");
    Relations relations = new Relations(inputs, root.find("steps"));
    Map<String, InputSpec> inputSpecs = inputs.map(new InputReader(locations, mode)::read).orElse(Map.of());
    Map<String, StepSpec> steps = new StepReader(relations).read(root.find("steps"));
    Map<String, OutputSpec> outputSpecs =
        outputs.map(new OutputReader(locations, relations, mode)::read).orElse(Map.of());
    Map<String, CheckSpec> checks = new CheckReader(relations).read(root.find("checks"));
    RunSpec run = RunReader.read(root.find("run"), systems, mode);
    refuseEmpty(inputs, "an input", "views { uri = \"data/views.csv\" }");
    refuseEmpty(outputs, "an output", "result { from = views, uri = \"out/views.csv\" }");
    TopicRules rules = new TopicRules(problems, inputSpecs.values(), outputSpecs.values());
    rules.checkCommits(run.streamsOn());
    if (mode == Mode.STREAMING && !problems.hasErrors()) {
      root.find("mode").ifPresent(rules::checkEndless);
    }
    List<Problem> warnings = new ArrayList<>(problems.warnings());
    warnings.addAll(StepReader.warnings(steps));
    warnings.sort(Comparator.comparing(Problem::place));
    JobSpec spec =
        new JobSpec(name.map(MappedText::text).orElse(""), name.map(text -> text.place(0)).orElse(Place.none()),
            mode, params.params(), systems, inputSpecs, steps, outputSpecs, checks, run, List.copyOf(warnings));
    checkCircles(spec);
    return spec;
  }

  private void checkCircles(JobSpec spec) {
    try {
      spec.inOrder(Map.of());
    } catch (UserException e) {
      e.problems().forEach(problems::add);
    }
  }

  private static void refuseEmpty(Optional<Node> section, String what, String example) {
    section.filter(node -> node.isObject() && Section.named(node).isEmpty())
        .ifPresent(node -> node.keyError("SB-1022", "a job needs " + what, "add for example " + example));
  }

  private static Optional<MappedText> name(Node node) {
    Optional<MappedText> text = node.written("a name");
    if (text.isPresent() && (!NAME.matcher(text.get().text()).matches() || text.get().length() > MAX_NAME)) {
      node.error("SB-1026", "\"" + text.get().text() + "\" cannot be the name of a job",
          "it is made of a-z, 0-9, -, _ and ., starts with a letter or digit, and has at most " + MAX_NAME
              + " characters");
      return Optional.empty();
    }
    return text;
  }
}
