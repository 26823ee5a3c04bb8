package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.plan.StateLayout;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;

/**
 * The rows of both sides of a join that does not fit memory, divided by the hash of their key, so that one bucket at a
 * time can be joined. Where the build rows of a bucket do not fit either (one key may have any number of rows), they
 * are taken in pieces, and the probe rows of the bucket stream by once a piece.
 */
final class JoinBuckets {

  /** In the changelog of build rows, part 0 is for rows that fit memory. */
  private static final int FIRST_BUILD_PART = 1;

  private final JoinShape shape;
  private final Changelog build;
  private final Changelog probe;
  private final BucketWriter buildWriter;
  private final BucketWriter probeWriter;
  private final long pieceBytes;

  /**
   * Buckets in these changelogs.
   *
   * @param pieceBytes heap that the build rows may take that are in memory at a time, about
   */
  JoinBuckets(JoinShape shape, Changelog build, Changelog probe, long pieceBytes) {
    this.shape = shape;
    this.build = build;
    this.probe = probe;
    this.pieceBytes = pieceBytes;
    buildWriter = new BucketWriter(build, shape.buildKeys(), FIRST_BUILD_PART, StateLayout.BUCKETS);
    probeWriter = new BucketWriter(probe, shape.probeKeys(), 0, StateLayout.BUCKETS);
  }

  /** Whether there are any build rows. */
  boolean hasBuildRows() throws IOException {
    for (int bucket = 0; bucket < StateLayout.BUCKETS; bucket++) {
      if (!build.isEmpty(FIRST_BUILD_PART + bucket)) {
        return true;
      }
    }
    return false;
  }

  void addBuild(RecordBatch batch) throws IOException {
    buildWriter.append(batch);
  }

  void addProbe(RecordBatch batch) throws IOException {
    probeWriter.append(batch);
  }

  /** Joins the rows of one bucket by an operator's probe, which has no build rows before and after. */
  void join(int bucket, JoinProbe join, Output output) throws IOException {
    boolean buildCounts = shape.emitsBuild() || !probe.isEmpty(bucket);
    boolean probeCounts = shape.emitsUnmatchedProbe() || !build.isEmpty(FIRST_BUILD_PART + bucket);
    if (!buildCounts || !probeCounts) {
      return;
    }
    PartialMatches matches = new PartialMatches();
    boolean whole = true;
    try (StreamReader rows = build.read(FIRST_BUILD_PART + bucket)) {
      RecordBatch next = next(rows);
      do {
        next = fill(join, next, rows);
        whole &= next == null;
        matches.begin(next == null);
        stream(bucket, join, whole ? null : matches, output);
        join.emitBuildRows(1, Integer.MAX_VALUE, output);
        join.clear();
      } while (next != null);
    }
  }

  /** Adds build rows until they take their share; gives the first batch that is not added, null at the end. */
  private RecordBatch fill(JoinProbe join, RecordBatch first, StreamReader rows) throws IOException {
    RecordBatch next = first;
    boolean fits = true;
    while (next != null && fits) {
      join.add(next);
      fits = join.memoryBytes() < pieceBytes;
      next = next(rows);
    }
    return next;
  }

  /** Joins all probe rows of a bucket with the build rows in memory; {@code matches} is null when these are all. */
  private void stream(int bucket, JoinProbe join, PartialMatches matches, Output output) throws IOException {
    try (StreamReader rows = probe.read(bucket)) {
      for (RecordBatch batch = next(rows); batch != null; batch = next(rows)) {
        if (matches == null) {
          join.probe(batch, output);
        } else {
          join.probe(batch, matches, output);
        }
      }
    }
  }

  private static RecordBatch next(StreamReader rows) throws IOException {
    return (RecordBatch) rows.poll();
  }
}
