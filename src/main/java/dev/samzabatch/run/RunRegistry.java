package dev.samzabatch.run;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The runs that a state directory knows, newest first. */
public final class RunRegistry {

  private static final int MAX_CANDIDATES = 5;

  private final StateDirectory state;

  /** The registry of a state directory, which need not exist. */
  public RunRegistry(StateDirectory state) {
    this.state = state;
  }

  /** All runs whose record can be read, newest first. */
  public List<RunRecord> runs() {
    List<RunRecord> records = new ArrayList<>();
    for (String runId : ids()) {
      try {
        find(runId).ifPresent(records::add);
      } catch (UserException e) {
        // One damaged record must not keep all jobs from running; asked for by its id, the run tells of it.
      }
    }
    records.sort(Comparator.comparing((RunRecord r) -> r.started()).reversed());
    return records;
  }

  /** The runs of a job, newest first. */
  public List<RunRecord> runs(String job) {
    return runs().stream().filter(r -> r.job().equals(job)).toList();
  }

  /** The ids of all directories of runs, newest first. */
  List<String> ids() {
    if (!Files.isDirectory(state.runs())) {
      return List.of();
    }
    try (Stream<Path> directories = Files.list(state.runs())) {
      return directories
          .map(d -> d.getFileName().toString())
          .filter(RunIds::isRunId)
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  /**
   * The record of a run; a run whose process died is {@link RunStatus#DEAD}.
   *
   * @throws UserException when there is a record that cannot be read
   */
  public Optional<RunRecord> find(String runId) {
    Path directory = state.runDirectory(runId);
    if (!RunIds.isRunId(runId) || !RunRecord.exists(directory)) {
      return Optional.empty();
    }
    try {
      RunRecord record = RunRecord.read(directory);
      boolean dead = record.status() == RunStatus.RUNNING && !isAlive(record);
      return Optional.of(dead ? record.with(RunStatus.DEAD) : record);
    } catch (IOException e) {
      String message = "the record of run " + runId + " cannot be read: " + Failures.text(e);
      String hint = "if nobody needs the run any more, delete it: rm -r " + directory;
      throw new UserException(ErrorKind.RESOURCES, Problem.error("SB-5011", Place.none(), message, hint), e);
    }
  }

  /** Whether the run is under way: its job is locked, on this host or another, and the holder is this run. */
  boolean isAlive(RunRecord record) {
    boolean here = JobLock.isHeldHere(state, record.job())
        && JobLock.holder(state, record.job()).map(h -> mayBe(h, record)).orElse(true);
    return here || state.isShared(record.runId()) && isAliveElsewhere(record);
  }

  /** Nobody on this host can know without the mirror that a run of another host is dead. */
  private boolean isAliveElsewhere(RunRecord record) {
    try {
      Optional<RunMirror> mirror = state.mirrorOf(record.runId());
      return mirror.isPresent()
          ? mirror.get().isAlive(record.job(), record.runId())
          : host(record.runId()).map(h -> !h.equals(HostName.own())).orElse(true);
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  /** The host where a run began, by its manifest. */
  public Optional<String> host(String runId) {
    Path directory = state.runDirectory(runId);
    try {
      return Manifest.exists(directory) ? Optional.of(Manifest.read(directory).host()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whoever has just taken the lock has not said so yet: then there stands one whose process is gone. */
  private static boolean mayBe(LockHolder holder, RunRecord record) {
    return holder.runId().equals(record.runId()) || ProcessHandle.of(holder.pid()).isEmpty();
  }

  /**
   * The newest run, of a job if one is given.
   *
   * @throws UserException when there is none
   */
  public RunRecord newest(Optional<String> job) {
    List<RunRecord> runs = job.map(this::runs).orElseGet(this::runs);
    if (runs.isEmpty()) {
      String whose = job.map(name -> " of job " + name).orElse("");
      String message = "no run" + whose + " in " + state.root();
      throw new UserException(
          ErrorKind.USER, Problem.error("SB-5010", Place.none(), message, candidates(ids())));
    }
    return runs.get(0);
  }

  /** What a person may have meant, the newest first. */
  private String candidates(List<String> fitting) {
    List<String> shown = (fitting.isEmpty() ? ids() : fitting).stream().limit(MAX_CANDIDATES).toList();
    String newest = fitting.isEmpty() ? "the newest: " : "these: ";
    return (shown.isEmpty() ? "" : newest + String.join(", ", shown) + "\n") + "see: samza-batch runs";
  }

  /** The ids of all runs that a person may mean, see {@link #resolve}. */
  public List<String> fitting(String text) {
    return ids().stream().filter(id -> id.startsWith(text) || id.endsWith(text)).toList();
  }

  /**
   * The one run that a person means: a run.id, or the beginning or end of one.
   *
   * @throws UserException when none or several fit
   */
  public RunRecord resolve(String text) {
    List<String> fitting = fitting(text);
    if (fitting.size() == 1) {
      Optional<RunRecord> record = find(fitting.get(0));
      if (record.isPresent()) {
        return record.get();
      }
    }
    String found = (fitting.isEmpty() ? "no run in " : fitting.size() + " runs in ") + state.root()
        + (fitting.isEmpty() ? " fits" : " fit");
    throw new UserException(
        ErrorKind.USER, Problem.error("SB-5010", Place.none(), found + " \"" + text + "\"", candidates(fitting)));
  }
}
