package dev.samzabatch.run;

import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Location;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.job.TopicInput;
import dev.samzabatch.job.TopicOutput;
import dev.samzabatch.system.kafka.BusLocks;
import dev.samzabatch.system.kafka.RegistryTopic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job must be allowed to do on Kafka, and nothing more. Whoever may read, write or delete something may also ask
 * about it (DESCRIBE). What a job makes for itself begins with its name.
 */
public final class AccessRules {

  /** What all matches of a regular expression begin with, when it has no alternatives. */
  private static final Pattern LITERAL_START = Pattern.compile("((?:[A-Za-z0-9_-]|\\\\\\.)*)([?*{])?");

  private final JobSpec job;
  private final Set<AccessRule> rules = new LinkedHashSet<>();

  private AccessRules(JobSpec job) {
    this.job = job;
  }

  /** All rules of a job, those of its inputs first; none for one without Kafka. */
  public static List<AccessRule> of(JobSpec job) {
    AccessRules rules = new AccessRules(job);
    job.inputs().values().forEach(rules::input);
    rules.outputs();
    StreamSystems.commitsOn(job).ifPresent(rules::commits);
    job.run().streamsOn().system().ifPresent(rules::shared);
    List<AccessRule> needed = new ArrayList<>();
    for (AccessRule rule : rules.rules) {
      if (rules.rules.stream().noneMatch(other -> covers(other, rule)) && needed.stream().noneMatch(rule::allows)) {
        needed.add(rule);
      }
    }
    return needed;
  }

  /** Whether one of two different rules makes the other one needless. */
  private static boolean covers(AccessRule rule, AccessRule other) {
    return rule.allows(other) && !other.allows(rule);
  }

  private void input(InputSpec input) {
    if (input.topic().isEmpty()) {
      return;
    }
    String why = "input " + input.name();
    for (Location location : input.locations()) {
      Optional<String> start = location.topicPattern().map(p -> literalStart(p.pattern()));
      boolean any = start.filter(String::isEmpty).isPresent();
      add(location.system(), "topic", any ? "*" : start.orElse(location.path()), start.isPresent() && !any, why,
          "READ");
      if (input.topic().get().from() instanceof TopicInput.Committed committed) {
        add(location.system(), "group", committed.group(), false, why, "DESCRIBE");
      }
    }
  }

  private static String literalStart(String regex) {
    Matcher start = LITERAL_START.matcher(regex);
    if (regex.contains("|") || !start.lookingAt()) {
      return "";
    }
    String text = start.group(1).replace("\\.", ".");
    return start.group(2) == null || text.isEmpty() ? text : text.substring(0, text.length() - 1);
  }

  private void outputs() {
    Set<String> proven = new LinkedHashSet<>();
    for (OutputSpec output : job.outputs().values()) {
      Optional<TopicOutput> topic = output.topic();
      if (topic.isPresent()) {
        String system = output.location().system();
        String name = output.location().path();
        add(system, "topic", name, false, "output " + output.name(), "WRITE");
        if (topic.get().create().isPresent()) {
          add(system, "topic", name, false, "output " + output.name() + ", when the topic is missing", "CREATE");
        }
        if (topic.get().publish() == TopicOutput.Publish.AT_END) {
          String proof = TopicPublishing.proof(job.name(), system, "");
          add(system, "transactional-id", proof, true, "publishing in one transaction", "WRITE");
          add(system, "group", proof, true, "the proof that it is published", "READ", "DELETE");
          if (proven.add(system)) {
            add(system, "topic", name, false, "the proof that it is published", "READ");
          }
        }
      }
    }
  }

  private void commits(String system) {
    add(system, "transactional-id", job.name() + "-", true, "commits", "WRITE");
    add(system, "topic", job.name() + "-", true, "streams of the run", "CREATE", "WRITE", "READ", "DELETE");
  }

  private void shared(String system) {
    for (String topic : List.of(RegistryTopic.NAME, BusLocks.NAME)) {
      add(system, "topic", topic, false, "the runs and locks of all jobs", "CREATE", "WRITE", "READ");
    }
    add(system, "transactional-id", BusLocks.transactionalId(job.name()), false, "the lock of the job", "WRITE");
  }

  private void add(
      String system, String resource, String name, boolean prefixed, String why, String... operations) {
    for (String operation : operations) {
      rules.add(new AccessRule(system, operation, resource, name, prefixed, why));
    }
  }
}
