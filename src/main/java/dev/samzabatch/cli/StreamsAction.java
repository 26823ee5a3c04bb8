package dev.samzabatch.cli;

import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Watermark;
import dev.samzabatch.report.RowText;
import dev.samzabatch.report.Table;
import dev.samzabatch.run.RunRegistry;
import dev.samzabatch.run.StateDirectory;
import dev.samzabatch.system.log.LogDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows the internal streams that lie in a run's directory. */
final class StreamsAction {

  private final StateDirectory state;
  private final Console console;

  StreamsAction(StateDirectory state, Console console) {
    this.state = state;
    this.console = console;
  }

  int list(String run, boolean json) throws IOException {
    String runId = new RunRegistry(state).resolve(run).runId();
    List<Map<String, Object>> streams = new ArrayList<>();
    for (String name : names(runId)) {
      Map<String, Object> stream = new LinkedHashMap<>();
      stream.put("name", name);
      try (Stream<Path> files = Files.walk(state.streams(runId).resolve(name))) {
        stream.put("bytes", files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum());
      }
      streams.add(stream);
    }
    if (json) {
      console.json(streams);
    } else if (streams.isEmpty()) {
      console.answer(List.of("run " + runId + " has no streams any more; they are deleted when a run is done"));
    } else {
      Table table = Table.of(List.of("stream", "size"), Integer.MAX_VALUE - 1).right(1);
      streams.forEach(s -> table.row(s.get("name"), Quantities.bytes((Long) s.get("bytes"))));
      console.answer(table.lines());
    }
    return ExitCode.DONE;
  }

  int cat(String run, Optional<String> wanted) throws IOException {
    String runId = new RunRegistry(state).resolve(run).runId();
    List<String> all = names(runId);
    List<String> chosen = wanted.isEmpty() ? all : all.stream().filter(n -> isMeant(n, wanted.get(), runId)).toList();
    if (chosen.isEmpty()) {
      String what = wanted.map(w -> "stream \"" + w + "\"").orElse("streams any more");
      String hint = all.isEmpty() ? "streams are deleted when a run is done" : "there are: " + String.join(", ", all);
      String near = wanted.map(w -> NearestName.hint(w, all)).orElse("");
      throw new UserException(Problem.error("SB-6005", Place.none(), "run " + runId + " has no " + what,
          (near + " " + hint).strip()));
    }
    for (String name : chosen) {
      print(runId, name);
    }
    console.out().flush();
    return ExitCode.DONE;
  }

  /** A stream is meant by its full name, or by the part of it between the job and the kind: the step. */
  private static boolean isMeant(String stream, String wanted, String runId) {
    return stream.equals(wanted) || stream.matches(".*-\\Q" + wanted + "\\E(-[a-z]+)?-\\Q" + runId + "\\E");
  }

  private List<String> names(String runId) throws IOException {
    Path directory = state.streams(runId);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> streams = Files.list(directory)) {
      return streams.filter(Files::isDirectory).map(s -> s.getFileName().toString()).sorted().toList();
    }
  }

  private void print(String runId, String name) throws IOException {
    try (LogDump dump = new LogDump(state.streams(runId), name)) {
      for (LogDump.Entry entry = dump.next(); entry != null; entry = dump.next()) {
        print(name, entry);
      }
      for (LogDump.Tail tail : dump.tails()) {
        console.tell(tail.file() + ": " + Quantities.count(tail.bytes(), "byte") + " from " + tail.offset()
            + " on cannot be read: " + tail.reason());
      }
    }
  }

  private void print(String name, LogDump.Entry entry) {
    StreamItem item = entry.item();
    if (item instanceof RecordBatch batch) {
      RowText.objects(batch).forEach(row -> line(name, entry, "row", row));
    } else if (item instanceof EndOfStream end) {
      line(name, entry, "end-of-stream", end.task());
    } else {
      Watermark mark = (Watermark) item;
      line(name, entry, "watermark", Map.of("task", mark.task(), "timestamp", mark.timestamp()));
    }
  }

  private void line(String name, LogDump.Entry entry, String kind, Object value) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("stream", name);
    line.put("partition", entry.partition());
    line.put("lane", entry.lane());
    line.put("offset", entry.offset());
    line.put(kind, value);
    console.jsonLine(line);
  }
}
