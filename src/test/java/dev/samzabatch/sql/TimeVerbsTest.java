package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.SqlText;
import dev.samzabatch.job.StepSpec.TimeSpec;
import dev.samzabatch.job.WindowSpec;
import dev.samzabatch.job.WithinSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What steps that look at time are short for. */
class TimeVerbsTest {

  @TempDir
  Path folder;
  private SqlJobs jobs;

  @BeforeEach
  void open() {
    jobs = new SqlJobs(folder);
  }

  /** The graph of a grouping by windows of a minute, over a time that a step of its own selects. */
  private String windowed(String on, String out) {
    return jobs.graph("times { from = views, select = [" + on + "] }\nout { from = views, " + out + " }", job -> {
      SqlText text = job.steps().get("times").select().get(0);
      WindowSpec spec = new WindowSpec(Duration.ofMinutes(1), text);
      return new TimeSpec(Optional.of(spec), Optional.empty(), Optional.empty());
    });
  }

  @Test
  void aWindowIsAKeyBeforeTheOthersAndRowsWithoutATimeAreInNone() {
    assertThat(windowed("ts", "by = [page], aggregate = [\"count(*) as n\"]"))
        .isEqualTo("""
            output out
              Project window_start, window_end = timestamp_add('MICROSECOND', 60000000, window_start), page, n
                Aggregate by window_start, page: n = count(*)
                  Project window_start = window_start(ts, 60000000), page
                    Scan views [page, ts]
            """);
  }

  @Test
  void aWindowAloneIsAGroupingToo() {
    assertThat(
        windowed("\"timestampadd(day, 1, cast(seen as timestamp)) as t\"",
            "filter = \"dwell > 1\", aggregate = [\"count(*) as n\"], "
                + "select = [window_end, n]"))
        .isEqualTo("""
            output out
              Project window_end = timestamp_add('MICROSECOND', 60000000, window_start), n
                Aggregate by window_start: n = count(*)
                  Project window_start = window_start(timestamp_add('DAY', 1, cast(seen as timestamp)), 60000000)
                    Scan views [seen, dwell] where and(greater(dwell, 1), is_not_null(timestamp_add('DAY', 1, \
            cast(seen as timestamp))))
            """);
  }

  @Test
  void aKeyMustNotHaveTheNameOfAColumnOfTheWindow() {
    assertThatThrownBy(() -> windowed("ts", "by = [\"page as window_start\"], "
        + "aggregate = [\"count(*) as n\"]"))
        .isInstanceOf(UserException.class).hasMessageContaining("SB-2006").hasMessageContaining("window_start");
  }

  @Test
  void aWindowNeedsATimestamp() {
    assertThatThrownBy(() -> windowed("page", "aggregate = [\"count(*) as n\"]"))
        .isInstanceOf(UserException.class).hasMessageContaining("SB-2008");
    assertThatThrownBy(() -> windowed("tss", "aggregate = [\"count(*) as n\"]"))
        .isInstanceOf(UserException.class).hasMessageContaining("SB-2003");
  }

  @Test
  void aJoinWithinATimeHasItInItsCondition() {
    TimeSpec within = new TimeSpec(Optional.empty(),
        Optional.of(new WithinSpec(Duration.ofSeconds(10), "ts", "seen_at")), Optional.empty());
    assertThat(jobs.graph("again { from = views, select = [member_id, \"ts as seen_at\"] }\n"
        + "out { from = views, join = again, on = [member_id], select = [id, seen_at] }", job -> within)).isEqualTo("""
            output out
              Project id, seen_at
                Join inner on member_id = member_id where and(less_or_equal(ts, timestamp_add('MICROSECOND', \
            10000000, seen_at)), less_or_equal(seen_at, timestamp_add('MICROSECOND', 10000000, ts)))
                  #1 Scan views [id, member_id, ts]
                  Project member_id, seen_at = ts
                    #1
            """);
  }
}
