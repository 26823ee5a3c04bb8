package dev.samzabatch.run;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.run.RecordedJob.InputFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What has changed since a run began, each thing by its name. Most of it makes a result of both halves a result of
 * nothing; what need not is told apart, so that a person may decide.
 */
final class JobChanges {

  /** Of more files the rest is counted. */
  private static final int SHOWN_FILES = 5;

  private static final String START_ANEW = "start it anew: samza-batch run ";

  private final RecordedJob then;
  private final RecordedJob now;
  private final String jobFile;
  private final List<Problem> fatal = new ArrayList<>();
  private final List<Problem> tolerable = new ArrayList<>();

  JobChanges(RecordedJob then, RecordedJob now, String jobFile) {
    this.then = then;
    this.now = now;
    this.jobFile = jobFile;
    plan();
    then.inputs().keySet().stream().filter(now.inputs()::containsKey).forEach(this::files);
    if (!then.streams().equals(now.streams())) {
      fatal.add(Problem.error("SB-5044", Place.none(), "where internal streams are has changed since the run began: it "
          + "was " + then.streams() + ", it is " + now.streams(), "undo the change, or " + START_ANEW + jobFile));
    }
    texts("how input \"%s\" is read", then.readings(), now.readings());
    texts("output \"%s\"", then.outputs(), now.outputs());
    then.checks().forEach(this::check);
  }

  /** What makes it wrong to go on. */
  List<Problem> fatal() {
    return fatal;
  }

  /** With what going on can still be right; errors, whose hints say why. */
  List<Problem> tolerable() {
    return tolerable;
  }

  private void plan() {
    if (then.planHash().equals(now.planHash())) {
      return;
    }
    Set<String> names = new LinkedHashSet<>(then.steps().keySet());
    names.addAll(now.steps().keySet());
    List<String> changed = new ArrayList<>();
    for (String name : names) {
      String before = then.steps().get(name);
      String after = now.steps().get(name);
      if (!Objects.equals(before, after)) {
        changed.add(name + (before == null ? " (new)" : after == null ? " (gone)" : ""));
      }
    }
    String what = changed.isEmpty()
        ? "how stages and streams are connected, or how many partitions there are"
        : String.join(", ", changed);
    fatal.add(Problem.error("SB-5042", Place.none(),
        "the plan is not the one that the run began with (" + then.planHash() + ", now " + now.planHash()
            + "); changed: " + what,
        "what the run has left was made by the other plan; undo the change, or " + START_ANEW + jobFile));
  }

  private void files(String input) {
    Map<String, InputFile> before = then.inputs().get(input);
    Map<String, InputFile> after = now.inputs().get(input);
    List<String> changed = new ArrayList<>();
    List<String> touched = new ArrayList<>();
    before.forEach((path, file) -> {
      InputFile found = after.get(path);
      if (found == null) {
        changed.add(path + " is gone");
      } else if (found.bytes() != file.bytes()) {
        changed.add(path + " has " + found.bytes() + " bytes, it had " + file.bytes());
      } else if (found.modified() != file.modified()) {
        touched.add(path + " was written at " + Instant.ofEpochMilli(found.modified()) + ", its size is the same");
      }
    });
    after.keySet().stream().filter(path -> !before.containsKey(path)).forEach(path -> changed.add(path + " is new"));
    if (!changed.isEmpty()) {
      fatal.add(Problem.error("SB-5043", Place.none(), told(input, changed),
          "part of it is read already; put it back as it was, or " + START_ANEW + jobFile));
    }
    if (!touched.isEmpty()) {
      tolerable.add(Problem.error("SB-5043", Place.none(), told(input, touched),
          "if the contents are the same, for example after a copy or a touch, go on with --anyway; else "
              + START_ANEW + jobFile));
    }
  }

  private static String told(String input, List<String> changes) {
    String more = changes.size() > SHOWN_FILES ? "; and " + (changes.size() - SHOWN_FILES) + " more" : "";
    return "input \"" + input + "\" has changed since the run began: "
        + String.join("; ", changes.subList(0, Math.min(SHOWN_FILES, changes.size()))) + more;
  }

  private void texts(String what, Map<String, String> before, Map<String, String> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        fatal.add(Problem.error("SB-5044", Place.none(),
            String.format(what, name) + " has changed since the run began: it was " + text(before, name) + ", it is "
                + text(after, name),
            "undo the change, or " + START_ANEW + jobFile));
      }
    }
  }

  private static String text(Map<String, String> texts, String name) {
    return texts.getOrDefault(name, "not there");
  }

  /** The figures of a check are part of the plan; what is asked of them is looked at when all is computed. */
  private void check(String name, String before) {
    String after = now.checks().get(name);
    if (after != null && !after.equals(before)) {
      tolerable.add(Problem.error("SB-5044", Place.none(),
          "check \"" + name + "\" has changed since the run began: it was " + before + ", it is " + after,
          "checks are judged at the end, over all rows: go on with --anyway to use the new one"));
    }
  }
}
