package dev.samzabatch.run;

import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedChangelog;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.system.InternalStreams;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All internal streams that a run of a plan may make. */
final class StreamPlan {

  private final JobPlan plan;

  StreamPlan(JobPlan plan) {
    this.plan = plan;
  }

  /** Their full names, for the manifest. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    plan.specs().forEach(s -> names.add(s.name()));
    names.add(checkpoints().name());
    return names;
  }

  /** The stream in which containers declare what is committed. */
  StreamSpec checkpoints() {
    String name = plan.job() + "-checkpoint-" + plan.runId();
    return new StreamSpec(name, StreamSpec.Kind.CHECKPOINT, CheckpointFact.SCHEMA, 1);
  }

  /** Creates those for rows that are not there. */
  void create(InternalStreams streams) throws IOException {
    for (StreamSpec stream : plan.rowStreams()) {
      streams.ensure(stream);
    }
  }

  /** Creates changelogs that are not there, which otherwise are made as they are needed. */
  void createChangelogs(InternalStreams streams) throws IOException {
    for (PlannedChangelog changelog : plan.changelogs()) {
      streams.ensure(changelog.spec());
    }
  }
}
