package dev.samzabatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.chaos.RandomJobs.RandomJob;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunSettings;
import dev.samzabatch.run.RunStatus;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Whatever the job, and wherever it breaks: in the end it gives what it gives undisturbed in one container. */
class RandomJobsTest {

  private static final int ATTEMPTS = 8;

  @Provide
  Arbitrary<RandomJob> jobs() {
    return RandomJobs.jobs();
  }

  @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void aBrokenJobGivesWhatAnUndisturbedOneGives(@ForAll("jobs") RandomJob job) throws IOException {
    check(job);
  }

  @Tag("chaos")
  @Property(tries = 600, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void manyBrokenJobsGiveWhatUndisturbedOnesGive(@ForAll("jobs") RandomJob job) throws IOException {
    check(job);
  }

  private static void check(RandomJob job) throws IOException {
    List<String> expected = undisturbed(job);
    try (Lab lab = prepared(job).job(job.text(job.run()))) {
      RunSettings settings = new RunSettings(job.batchRows(), 64, 1 << 18, 1 << 14);
      Faults.arm(job.faults());
      try {
        lab.run(settings);
      } finally {
        Faults.arm("");
      }
      finish(lab, settings);
      assertThat(lab.rows()).containsExactlyInAnyOrderElementsOf(expected);
      if (!lab.leftovers().isEmpty()) {
        // What a run that is done could not delete any more is the next run's to delete.
        lab.run(settings);
        assertThat(lab.rows()).containsExactlyInAnyOrderElementsOf(expected);
      }
      assertThat(lab.leftovers()).isEmpty();
    }
  }

  private static Lab prepared(RandomJob job) throws IOException {
    return Lab.open().file("in0.csv", job.file(0)).file("in1.csv", job.file(1));
  }

  private static List<String> undisturbed(RandomJob job) throws IOException {
    try (Lab lab = prepared(job).job(job.text("containers = 1, state = memory"))) {
      lab.run(RunSettings.DEFAULT);
      assertThat(lab.runs()).singleElement().satisfies(r -> assertThat(r.failure()).isEmpty());
      return lab.rows();
    }
  }

  private static void finish(Lab lab, RunSettings settings) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<RunRecord> runs = lab.runs();
      if (runs.isEmpty()) {
        lab.run(settings);
      } else if (runs.get(0).status() == RunStatus.DONE) {
        return;
      } else {
        lab.goOn(settings, List.of("run.containers=" + (1 + attempt)));
      }
    }
    assertThat(lab.runs()).as("after %d attempts", ATTEMPTS).first()
        .satisfies(r -> assertThat(r.status()).isEqualTo(RunStatus.DONE));
  }
}
