package dev.samzabatch.job;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code params} and gives each its value; the first reader, for all others fill in what it finds. */
final class ParamReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Set<String> TAKEN = Set.of("job", "run");

  private final JobRequest request;
  private final Problems problems;
  private final Map<String, ParamSpec> params = new LinkedHashMap<>();
  private final Set<String> unusable = new HashSet<>();

  ParamReader(JobRequest request, Problems problems) {
    this.request = request;
    this.problems = problems;
  }

  /** Reads the section; {@code node} is empty when the job has none. */
  void read(Optional<Node> node) {
    node.ifPresent(section -> Section.named(section).forEach(child -> param(child.name(), child.node())));
    for (String given : new TreeSet<>(request.overrides().params().keySet())) {
      if (!params.containsKey(given) && !unusable.contains(given)) {
        List<String> known = new ArrayList<>(params.keySet());
        known.addAll(unusable);
        String near = NearestName.hint(given, known);
        String all = known.isEmpty() ? "the job has no params" : "params: " + String.join(", ", known);
        problems.add(Problem.error("SB-1030", Place.of("--param " + given), "the job has no param \"" + given + "\"",
            near.isEmpty() ? all : near));
      }
    }
  }

  Map<String, ParamSpec> params() {
    return params;
  }

  /** What placeholders can stand for: the params, {@code job}, {@code run.id}, {@code run.start}. */
  Placeholders placeholders(String job) {
    Map<String, ParamValue> values = new HashMap<>();
    params.forEach((name, param) -> values.put(name, param.value()));
    values.put("job", ParamValue.of(job));
    values.put("run.id", ParamValue.of(request.runId()));
    values.put("run.start", ParamValue.of(request.runStart().toLocalDateTime()));
    return new Placeholders(values, unusable, problems);
  }

  private void param(String name, Node node) {
    unusable.add(name);
    Optional<Section> section = Section.of(node, "a param", List.of("type", "default"));
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      node.keyError("SB-1026", "\"" + name + "\" cannot be the name of a param", TAKEN.contains(name)
          ? "{" + name + "} has a meaning of its own" : "names are made of letters, digits, _ and -");
      return;
    }
    Optional<ParamType> type = section.flatMap(found -> found.require("type", "type = string"))
        .flatMap(found -> Scalars.oneOf(found, ParamType.class));
    if (type.isEmpty()) {
      return;
    }
    Optional<Node> byDefault = section.get().find("default");
    Optional<ParamValue> defaultValue = byDefault.flatMap(found -> defaultValue(type.get(), found));
    String given = request.overrides().params().get(name);
    Optional<ParamValue> value = given == null ? defaultValue : givenValue(name, type.get(), given);
    if (given == null && byDefault.isEmpty()) {
      node.keyError("SB-1031", "param \"" + name + "\" has no value", "give it one: --param " + name + "=... ("
          + ParamValue.example(type.get()) + ")");
    }
    value.ifPresent(found -> {
      unusable.remove(name);
      params.put(name, new ParamSpec(name, node.place(), found, given != null));
    });
  }

  private Optional<ParamValue> givenValue(String name, ParamType type, String text) {
    Optional<ParamValue> value = ParamValue.parse(type, text, request.runStart().toLocalDate());
    if (value.isEmpty()) {
      problems.add(Problem.error("SB-1032", Place.of("--param " + name),
          "expected " + ParamValue.example(type) + ", found \"" + text + "\"", ""));
    }
    return value;
  }

  private Optional<ParamValue> defaultValue(ParamType type, Node node) {
    Optional<String> text = node.written(ParamValue.example(type)).map(MappedText::text);
    Optional<ParamValue> value = text.flatMap(found -> ParamValue.parse(type, found, request.runStart().toLocalDate()));
    if (text.isPresent() && value.isEmpty()) {
      node.error("SB-1032", node.path() + ": expected " + ParamValue.example(type) + ", found \"" + text.get() + "\"",
          "");
    }
    return value;
  }
}
