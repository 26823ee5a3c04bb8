package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.job.TopicInput.Part;
import dev.samzabatch.job.TopicOutput.CreateTopic;
import dev.samzabatch.job.TopicOutput.KeyFormat;
import dev.samzabatch.job.TopicOutput.Publish;
import dev.samzabatch.job.TopicOutput.RecordShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs and outputs that are topics, in batch mode. */
class TopicsTest {

  private static final String SYSTEMS = "job = test\nsystems { bus { type = kafka, bootstrap.servers = \"h:1\" }, "
      + "b2 { type = kafka, bootstrap.servers = \"h:2\", schema-registry { url = \"http://r\" } }, lake { type = file } }\n";

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  /** A job whose input, in line 3, has these keys; the first of them is at column 14. */
  private JobFolder input(String keys) {
    return folder.job(SYSTEMS + "inputs { v { " + keys + " } }\noutputs { o { from = v, uri = \"-\" } }\n");
  }

  /** A job whose outputs, in line 4, are these; the first of them is at column 11. */
  private JobFolder outputs(String outputs) {
    return folder.job(SYSTEMS + "inputs { v { uri = \"v.csv\" } }\noutputs { " + outputs + " }\n");
  }

  private InputSpec topic(String keys) {
    return input("uri = \"bus:t\"" + keys).load().inputs().get("v");
  }

  private TopicOutput written(String keys) {
    return outputs("o { from = v, uri = \"bus:t\"" + keys + " }").load().outputs().get("o").topic().orElseThrow();
  }

  private List<String> firstLines() {
    return folder.errors().lines().filter(line -> line.contains(" error SB-")).toList();
  }

  @Test
  void aTopicHasItsDefaults() {
    InputSpec input = topic("");
    assertThat(input.format()).isEqualTo(DataFormat.JSON);
    assertThat(input.topic()).contains(
        new TopicInput(new TopicInput.Beginning(), new TopicInput.End(), true, Map.of(), false, false));
    assertThat(input.isUnbounded()).isFalse();
    assertThat(input.eventTime()).isEmpty();
    assertThat(input.avroSchema()).isEmpty();
    Location location = input.locations().get(0);
    assertThat(List.of(location.written(), location.system(), location.path())).containsExactly("bus:t", "bus", "t");
    assertThat(location.topicPattern()).isEmpty();
  }

  @Test
  void anInputMayBeSeveralTopicsOrAllThatMatch() {
    InputSpec input =
        input("uri = [\"bus:page-views\", \"bus:A_1.b\", \"bus:/views-[0-9]{{2}}\\\\..*/\"]").load().inputs()
            .get("v");
    assertThat(input.locations()).extracting(Location::path)
        .containsExactly("page-views", "A_1.b", "/views-[0-9]{2}\\..*/");
    assertThat(input.locations().get(2).topicPattern().orElseThrow().matcher("views-07.x").matches()).isTrue();
    assertThat(input("uri = \"bus:" + "a".repeat(249) + "\"").load().inputs()).hasSize(1);
  }

  @Test
  void whatIsNoTopicIsAnError() {
    for (String wrong : new String[] {"a b", "", ".", "..", "a/b", "//", "/", "//a", "é", "a".repeat(250)}) {
      input("uri = \"bus:" + wrong + "\", from = nowhere");
      assertThat(firstLines()).as(wrong)
          .containsExactly("job.conf:3:20  error SB-1049: \"" + wrong + "\" is no name of a topic");
    }
    input("uri = \"bus:/[/\"");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:3:20  error SB-1049: /[/ is no regular expression: Unclosed character class
            3 | inputs { v { uri = "bus:/[/" } }
              |                    ^^^^^^^^^ a backslash is written twice inside quotes, and a brace too""");
  }

  @Test
  void topicsOfOneInputAreOfOneSystem() {
    String[][] mixtures = {{"\"bus:a\", \"x.csv\"", "the uris of one input are all topics or all files"},
        {"\"bus:a\", \"b2:a\"", "the topics of one input are of one system"},
        {"\"bus:a\", \"bus:a\"", "one topic is named twice, and would be read once"}};
    for (String[] mixture : mixtures) {
      input("uri = [" + mixture[0] + "]");
      assertThat(firstLines()).containsExactly("job.conf:3:20  error SB-1048: " + mixture[1]);
    }
  }

  @Test
  void everyPlaceToBeginAndEndIsRead() {
    Object[][] froms = {{"beginning", new TopicInput.Beginning()}, {"end", new TopicInput.End()},
        {"\"committed(my group)\"", new TopicInput.Committed("my group")},
        {"\"2026-01-01T00:00:00Z\"", new TopicInput.Timestamp(1767225600000L)},
        {"\"2026-01-01 02:00:00.5+02:00\"", new TopicInput.Timestamp(1767225600500L)},
        {"\"2026-01-01T00:00:00\"", new TopicInput.Timestamp(1767225600000L)},
        {"2026-01-01", new TopicInput.Timestamp(1767225600000L)},
        {"{ 0 = 120, t/1 = 7, \"t/2\" = 8 }", new TopicInput.Fixed(Map.of("0", 120L, "t/1", 7L, "t/2", 8L))}};
    for (Object[] from : froms) {
      assertThat(topic(", from = " + from[0]).topic().orElseThrow().from()).as("%s", from[0]).isEqualTo(from[1]);
    }
    assertThat(topic(", until = end").topic().orElseThrow().until()).isEqualTo(new TopicInput.End());
    assertThat(topic(", until = \"{run.start}\"").topic().orElseThrow().until())
        .isEqualTo(new TopicInput.Timestamp(1795361400000L));
    assertThat(topic(", until { 3 = 0 }").topic().orElseThrow().until())
        .isEqualTo(new TopicInput.Fixed(Map.of("3", 0L)));
    InputSpec dotted = input("uri = \"bus:a.b\", from { a.b/0 = 4 }").load().inputs().get("v");
    assertThat(dotted.topic().orElseThrow().from()).isEqualTo(new TopicInput.Fixed(Map.of("a.b/0", 4L)));
  }

  @Test
  void whatIsNoPlaceInATopicIsAnError() {
    input("uri = \"bus:t\", from = beginnin");
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:3:36  error SB-1072: inputs.v.from: expected beginning, end, committed(GROUP), a timestamp or { partition = offset }, found "beginnin"
                3 | inputs { v { uri = "bus:t", from = beginnin } }
                  |                                    ^^^^^^^^ did you mean "beginning"?""");
    for (String wrong : new String[] {"never", "committed()", "2026-13-01", "2026-01-01T00", "5", ""}) {
      input("uri = \"bus:t\", from = \"" + wrong + "\"");
      assertThat(firstLines()).as(wrong).singleElement().asString().endsWith("found \"" + wrong + "\"");
    }
    for (String wrong : new String[] {"beginning", "committed(g)", "nevr"}) {
      input("uri = \"bus:t\", until = \"" + wrong + "\"");
      assertThat(firstLines()).as(wrong).containsExactly("job.conf:3:37  error SB-1072: inputs.v.until: expected end, "
          + "never, a timestamp or { partition = offset }, found \"" + wrong + "\"");
    }
    input("uri = \"bus:t\", from = [1]");
    assertThat(firstLines()).singleElement().asString().endsWith("found a list [ ... ]");
  }

  @Test
  void mistakesInOffsetsAreTold() {
    input("uri = [\"bus:a\", \"bus:/b.*/\"], from { x = 1, \"-1\" = 1, \"b1/0\" = 3, \"c/0\" = 3, \"a/01\" = 4, "
        + "1 = -1, 2 = x }, until {}");
    assertThat(firstLines()).containsExactly(
        "job.conf:3:51  error SB-1072: \"x\" is no partition",
        "job.conf:3:58  error SB-1072: \"-1\" is no partition",
        "job.conf:3:80  error SB-1072: \"c\" is no topic of this input",
        "job.conf:3:91  error SB-1072: \"a/01\" is no partition",
        "job.conf:3:107  error SB-1024: inputs.v.from.1: expected a whole number from 0 up, found \"-1\"",
        "job.conf:3:115  error SB-1024: inputs.v.from.2: expected a whole number from 0 up, found \"x\"",
        "job.conf:3:120  error SB-1072: inputs.v.until has no offsets");
    assertThat(folder.errors()).contains("write 0 = 120 for partition 0 of every topic, or \"a/0\" = 120",
        "topics: a, /b.*/");
  }

  @Test
  void anEndIsBehindTheBeginning() {
    String[][] pairs = {{"2026-11-22", "\"2026-11-22T00:00:00Z\""}, {"{ 0 = 5 }", "{ 0 = 4 }"}};
    for (String[] pair : pairs) {
      input("uri = \"bus:t\", until = " + pair[1] + ", from = " + pair[0]);
      assertThat(firstLines()).containsExactly("job.conf:3:29  error SB-1072: until is not behind from");
    }
    assertThat(topic(", from { 0 = 5, 1 = 9 }, until { 0 = 5 }").topic()).isPresent();
  }

  @Test
  void anInputOfABatchJobEnds() {
    input("uri = \"bus:t\", until = never");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:3:37  error SB-1073: a job in batch mode ends, and this input never does
            3 | inputs { v { uri = "bus:t", until = never } }
              |                                     ^^^^^ write until = end, or mode = streaming beside job""");
  }

  @Test
  void partsOfRecordsMayBeColumns() {
    TopicInput input = topic(", isolation = read_uncommitted, tombstones = keep, key-format = bytes, metadata { "
        + "hdr = headers, z = key, at = timestamp, part = partition, off = offset, a = key, \"the topic\" = topic }")
        .topic().orElseThrow();
    assertThat(input.readCommitted()).isFalse();
    assertThat(input.keepTombstones()).isTrue();
    assertThat(input.keyAsBytes()).isTrue();
    assertThat(List.copyOf(input.metadata().entrySet())).isEqualTo(List.of(Map.entry("a", Part.KEY),
        Map.entry("z", Part.KEY), Map.entry("the topic", Part.TOPIC), Map.entry("part", Part.PARTITION),
        Map.entry("off", Part.OFFSET), Map.entry("at", Part.TIMESTAMP), Map.entry("hdr", Part.HEADERS)));
    TopicInput usual =
        topic(", isolation = read_committed, tombstones = skip, key-format = string, metadata { k = key }").topic()
            .orElseThrow();
    assertThat(usual).isEqualTo(new TopicInput(new TopicInput.Beginning(), new TopicInput.End(), true,
        Map.of("k", Part.KEY), false, false));
  }

  @Test
  void mistakesInPartsOfRecordsAreTold() {
    input("uri = \"bus:t\", isolation = read-committed, metadata { k = kye, \"\" = key }, key-format = text, "
        + "tombstones = keap");
    assertThat(firstLines()).containsExactly(
        "job.conf:3:41  error SB-1023: inputs.v.isolation: expected read_committed or read_uncommitted, found "
            + "\"read-committed\"",
        "job.conf:3:72  error SB-1023: inputs.v.metadata.k: expected key, topic, partition, offset, timestamp or "
            + "headers, found \"kye\"",
        "job.conf:3:77  error SB-1026: a column needs a name",
        "job.conf:3:102  error SB-1023: inputs.v.key-format: expected string or bytes, found \"text\"",
        "job.conf:3:121  error SB-1023: inputs.v.tombstones: expected skip or keep, found \"keap\"");
    input("uri = \"bus:t\", key-format = bytes");
    assertThat(firstLines()).containsExactly("job.conf:3:29  error SB-1025: \"key-format\" means nothing here: "
        + "no column is the key; add for example metadata { name = key }");
    input("uri = \"bus:t\", schema = \"k string, x long\", metadata { k = key }");
    assertThat(firstLines()).containsExactly("job.conf:3:58  error SB-1024: \"k\" is the name of two columns: one of "
        + "schema, one of metadata");
  }

  @Test
  void recordsHaveAFormat() {
    for (DataFormat format : new DataFormat[] {DataFormat.JSON, DataFormat.CSV, DataFormat.TSV, DataFormat.TEXT,
        DataFormat.BYTES}) {
      assertThat(topic(", format = " + Scalars.word(format)).format()).isEqualTo(format);
    }
    assertThat(topic(", format = csv, delimiter = \";\", null-text = x").delimited())
        .isEqualTo(new DelimitedOptions(Optional.of(false), ';', Optional.of('"'), Optional.empty(), "x"));
    input("uri = \"bus:t\", format = parquet, delimiter = x");
    assertThat(firstLines()).containsExactly("job.conf:3:38  error SB-1023: inputs.v.format: expected json, csv, tsv, "
        + "text, bytes or avro, found \"parquet\"");
    input("uri = \"bus:t\", delimiter = \";\"");
    assertThat(firstLines()).containsExactly("job.conf:3:29  error SB-1025: \"delimiter\" means nothing here: it "
        + "belongs to the formats csv and tsv, and the format is json");
  }

  @Test
  void avroNeedsTheSchemaOfTheWriter() {
    assertThat(topic(", format = avro, avro-schema = \"x/s.avsc\"").avroSchema())
        .contains(folder.path("x/s.avsc").toString());
    assertThat(input("uri = \"b2:t\", format = avro").load().inputs().get("v").format()).isEqualTo(DataFormat.AVRO);
    input("uri = \"bus:t\", format = avro");
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:3:38  error SB-1077: nothing tells the schema that the records were written with
                3 | inputs { v { uri = "bus:t", format = avro } }
                  |                                      ^^^^ add schema-registry { url = ... } to the system "bus", or avro-schema = "schema.avsc" here""");
    input("uri = \"bus:t\", avro-schema = x");
    assertThat(firstLines()).containsExactly("job.conf:3:29  error SB-1025: \"avro-schema\" means nothing here: it "
        + "belongs to the format avro, and the format is json");
    input("uri = \"x.avro\", format = avro");
    assertThat(firstLines())
        .containsExactly("job.conf:3:39  error SB-1046: the format avro is for topics, not for files");
  }

  @Test
  void keysOfFilesAreRefusedForTopics() {
    input("uri = \"bus:t\", compress = gzip, split = true, grows = true, look-every = 1s, header = true, format = csv");
    assertThat(firstLines()).containsExactly(
        "job.conf:3:29  error SB-1025: \"compress\" means nothing here: records are compressed as the client's "
            + "compression.type says",
        "job.conf:3:46  error SB-1025: \"split\" means nothing here: it belongs to files, and this input is of topics",
        "job.conf:3:60  error SB-1025: \"grows\" means nothing here: it belongs to files, and this input is of topics",
        "job.conf:3:74  error SB-1025: \"look-every\" means nothing here: it belongs to files, and this input is of "
            + "topics",
        "job.conf:3:91  error SB-1025: \"header\" means nothing here: a record of a topic has no header");
    outputs("o { from = v, uri = \"bus:t\", mode = replace, files = 1, compress = gzip, if-empty = fail }");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:40  error SB-1025: \"mode\" means nothing here: it belongs to files, and this output is a topic",
        "job.conf:4:56  error SB-1025: \"files\" means nothing here: it belongs to files, and this output is a topic",
        "job.conf:4:67  error SB-1025: \"compress\" means nothing here: records are compressed as the client's "
            + "compression.type says");
  }

  @Test
  void keysOfTopicsAreRefusedForFiles() {
    input("uri = \"lake:x.csv\", from = end, until = end, isolation = x, metadata {}, key-format = x, tombstones = x, "
        + "avro-schema = x");
    assertThat(firstLines()).hasSize(7).allMatch(
        line -> line.endsWith("means nothing here: it belongs to topics, and this input is of files"));
    outputs("o { from = v, uri = \"x.csv\", key = x, key-format = x, value = x, headers = x, timestamp = x, "
        + "partition-by = x, partition = x, publish = x, create = x }, p { from = v, uri = \"-\", key = x }");
    assertThat(firstLines()).hasSize(10).allMatch(
        line -> line.endsWith("means nothing here: it belongs to topics, and this output is of files"));
  }

  @Test
  void anOutputHasItsDefaults() {
    assertThat(written("")).isEqualTo(new TopicOutput(
        new RecordShape(List.of(), KeyFormat.TEXT, List.of(), Map.of(), Optional.empty()), List.of(), Optional.empty(),
        Publish.AT_END, Optional.empty()));
    OutputSpec output = folder.load().outputs().get("o");
    assertThat(output.encoding()).isEqualTo(
        new OutputSpec.Encoding(DataFormat.JSON, DelimitedOptions.of(DataFormat.JSON), Compression.NONE));
    assertThat(output.location().system()).isEqualTo("bus");
    assertThat(output.location().path()).isEqualTo("t");
  }

  @Test
  void whatOfARowGoesWhereIsRead() {
    TopicOutput output = written(", key = member, value = [a, \"b c\"], headers { h = x, \"content-type\" = y }, "
        + "timestamp = ts, partition-by = [member, a], publish = as-you-go, if-empty = keep, "
        + "create { partitions = 8, replication = 3, config { cleanup.policy = compact, retention.ms = 100 } }");
    assertThat(output).isEqualTo(new TopicOutput(
        new RecordShape(List.of("member"), KeyFormat.TEXT, List.of("a", "b c"),
            Map.of("h", "x", "content-type", "y"), Optional.of("ts")),
        List.of("member", "a"), Optional.empty(), Publish.AS_YOU_GO,
        Optional.of(new CreateTopic(8, 3, Map.of("cleanup.policy", "compact", "retention.ms", "100")))));
    assertThat(folder.load().outputs().get("o").ifEmpty()).isEqualTo(OutputSpec.IfEmpty.KEEP);
    assertThat(written(", partition = p, create { partitions = 1 }")).isEqualTo(new TopicOutput(
        new RecordShape(List.of(), KeyFormat.TEXT, List.of(), Map.of(), Optional.empty()), List.of(), Optional.of("p"),
        Publish.AT_END, Optional.of(new CreateTopic(1, 0, Map.of()))));
  }

  @Test
  void aKeyOfSeveralColumnsIsAnObject() {
    assertThat(written(", key = [a]").record().keyFormat()).isEqualTo(KeyFormat.TEXT);
    assertThat(written(", key = [a], key-format = json").record().keyFormat()).isEqualTo(KeyFormat.JSON);
    assertThat(written(", key = [a, b]").record().keyFormat()).isEqualTo(KeyFormat.JSON);
    outputs("o { from = v, uri = \"bus:t\", key = [a, b], key-format = text }");
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:4:67  error SB-1024: a key of several columns is no plain text
                4 | outputs { o { from = v, uri = "bus:t", key = [a, b], key-format = text } }
                  |                                                                   ^^^^ write key-format = json, or a key \
            of one column""");
    outputs("o { from = v, uri = \"bus:t\", key-format = json }");
    assertThat(firstLines())
        .containsExactly("job.conf:4:40  error SB-1025: \"key-format\" means nothing here: the records have no key");
  }

  @Test
  void mistakesInAnOutputAreTold() {
    outputs("e { from = v, uri = \"bus:e\", key = [], value = [a, a], headers = x, timestamp = [a], "
        + "partition-by = [\"\"], partition = \"\", publish = soon, create { replication = 0, config = x } }");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:46  error SB-1024: outputs.e.key is an empty list",
        "job.conf:4:62  error SB-1024: outputs.e.value names \"a\" twice",
        "job.conf:4:76  error SB-1021: outputs.e.headers: expected an object { ... }, found \"x\"",
        "job.conf:4:91  error SB-1021: outputs.e.timestamp: expected the name of a column, found a list [ ... ]",
        "job.conf:4:112  error SB-1024: outputs.e.partition-by[0] is empty",
        "job.conf:4:129  error SB-1024: outputs.e.partition is empty",
        "job.conf:4:143  error SB-1023: outputs.e.publish: expected at-end or as-you-go, found \"soon\"",
        "job.conf:4:149  error SB-1022: create needs the key \"partitions\"",
        "job.conf:4:172  error SB-1024: outputs.e.create.replication: expected a whole number from 1 to 1000, found "
            + "\"0\"",
        "job.conf:4:184  error SB-1021: outputs.e.create.config: expected an object { ... }, found \"x\"");
    outputs("e { from = v, uri = \"bus:e\", partition = p, partition-by = [b], create { partitions = 0, "
        + "config { cleanup.policy = \"compact,delete\" } }, format = text, value = [a, b] }");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:55  error SB-1025: \"partition-by\" means nothing here: partition has the number of the partition",
        "job.conf:4:97  error SB-1024: outputs.e.create.partitions: expected a whole number from 1 to 100000, found "
            + "\"0\"",
        "job.conf:4:100  error SB-1024: a compacted topic takes no records without a key",
        "job.conf:4:171  error SB-1024: a record of format text is one column, and value names 2");
  }

  @Test
  void anOutputIsOneTopicOfItsOwn() {
    outputs("a { from = v, uri = \"bus:t\" }, b { from = v, uri = \"bus:t\" }, c { from = v, uri = \"b2:t\" }, "
        + "d { from = v, uri = \"bus:/x.*/\" }");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:62  error SB-1043: the topic of output \"b\" is the same as of output \"a\" at job.conf:4:32",
        "job.conf:4:123  error SB-1044: an output is written to one topic, and this is a regular expression");
  }

  @Test
  void whatIsPublishedAsItGoesIsOfOneSystem() {
    outputs(
        "a { from = v, uri = \"bus:a\", publish = as-you-go }, b { from = v, uri = \"b2:b\", publish = as-you-go }, "
            + "c { from = v, uri = \"b2:c\" }");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:4:84  error SB-1076: output "b" goes to the system "b2" as it goes on, and output "a" is on "bus"
           a transaction is of one system; in batch mode an output with publish = at-end may be on another""");
    outputs("a { from = v, uri = \"bus:a\", publish = as-you-go } }\nrun { streams-on = b2");
    assertThat(firstLines()).containsExactly("job.conf:4:32  error SB-1076: output \"a\" goes to the system \"bus\" as "
        + "it goes on, and the internal streams are on \"b2\"");
    outputs("a { from = v, uri = \"bus:a\", publish = as-you-go }, c { from = v, uri = \"b2:c\" } }\n"
        + "run { streams-on = bus");
    assertThat(folder.load().run().streamsOn().system()).contains("bus");
  }

  @Test
  void internalStreamsMayLieOnASystem() {
    folder.job(SYSTEMS + "inputs { v { uri = \"v.csv\" } }\noutputs { o { from = v, uri = \"-\" } }\n"
        + "run { streams-on = bus, streams { replication = 3, min-insync = 2, retention = 1d, max-bytes = 10g } }");
    assertThat(folder.load().run().streamsOn()).isEqualTo(new StreamsOn(Optional.of("bus"), 3, 2,
        Duration.ofDays(1), OptionalLong.of(10L << 30)));
    folder.with(Overrides.NONE.withSets(List.of("run.streams-on=local")));
    assertThat(folder.load().run().streamsOn()).isEqualTo(StreamsOn.LOCAL);
  }

  @Test
  void mistakesInWhereStreamsLieAreTold() {
    String job = SYSTEMS + "inputs { v { uri = \"v.csv\" } }\noutputs { o { from = v, uri = \"-\" } }\n";
    folder.job(job + "run { streams-on = buss, streams { replication = 1, min-insync = 2, retention = x, "
        + "max-bytes = 0, foo = 1 } }");
    assertThat(firstLines()).containsExactly(
        "job.conf:5:20  error SB-1075: \"buss\" is no system of this job",
        "job.conf:5:66  error SB-1024: min-insync is 2, and replication is 1",
        "job.conf:5:81  error SB-1024: run.streams.retention: expected a time like 60s, 5m or 2h, found \"x\"",
        "job.conf:5:96  error SB-1024: run.streams.max-bytes: expected a size like 512m or 2g, found \"0\"",
        "job.conf:5:99  error SB-1020: \"foo\" is no key of streams");
    assertThat(folder.errors()).contains("did you mean \"bus\"?  known: local, bus, b2");
    folder.job(job + "run { streams-on = lake }");
    assertThat(folder.errors()).isEqualTo("""
        job.conf:5:20  error SB-1075: "lake" is a system of files, and internal streams do not lie there
            5 | run { streams-on = lake }
              |                    ^^^^ known: local, bus, b2""");
  }
}
