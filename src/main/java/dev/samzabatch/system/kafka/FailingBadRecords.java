package dev.samzabatch.system.kafka;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.RecordProblem;
import dev.samzabatch.system.BadRecordSink;
import java.util.ArrayList;
import java.util.List;

/** Fails over bad records: all of a batch at once, the first few with their places. */
final class FailingBadRecords implements BadRecordSink {

  private static final int MAX_SHOWN = 5;

  /** A record that will be shown. */
  private record Entry(Place place, RecordProblem problem) {}

  private final List<Entry> shown = new ArrayList<>();
  private long count;

  @Override
  public void take(Place place, byte[] key, byte[] value, RecordProblem problem) {
    count++;
    if (shown.size() < MAX_SHOWN) {
      shown.add(new Entry(place, problem));
    }
  }

  /** Fails if there were any. */
  void throwIfAny() {
    if (count == 0) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      Entry entry = shown.get(i);
      boolean last = i == shown.size() - 1;
      String hint = entry.problem().hint();
      boolean repeated = !last && shown.get(i + 1).problem().hint().equals(hint);
      problems.add(Problem.error(entry.problem().code(), entry.place(), entry.problem().message(),
          last ? hint + total() : repeated ? "" : hint));
    }
    throw new UserException(problems);
  }

  private String total() {
    return count <= MAX_SHOWN ? "" : "\nfound so far: " + count + " records that do not fit; these are the first";
  }
}
