package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Input files that are not there, not readable, or not what they are taken for. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BadFilesTest {

  private static final String FAILED =
      "run RUN of job copy: failed after TIME; nothing was published. See: samza-batch show RUN\n";

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
  }

  static String copy(String uri, String more) {
    return "job = copy\ninputs { a { uri = \"" + uri + "\"" + more + " } }\n"
        + "outputs { o { from = a, uri = \"out\", format = json } }\n";
  }

  private static String copy(String uri) {
    return copy(uri, ", schema = \"id long, x string\"");
  }

  @Test
  void ofAMissingFileTheNearestNameIsTold() throws IOException {
    shell.file("inn.csv", "a\n1\n");
    shell.refused(copy("in.csv")).says("""
        DIR/job.conf:2:21  error SB-4001: DIR/in.csv does not exist
           did you mean "inn.csv"?
        1 error; more about it: samza-batch explain SB-4001
        """);
  }

  @Test
  void ofAMissingDirectoryTheExistingPartIsTold() throws IOException {
    shell.refused(copy("data/2026/*.csv")).says("""
        DIR/job.conf:2:21  error SB-4002: no file matches DIR/data/2026/*.csv
           the directory DIR is there and holds: job.conf
        1 error; more about it: samza-batch explain SB-4002
        """);
  }

  @Test
  void allMissingFilesAreToldAtOnce() throws IOException {
    String job = """
        job = two
        inputs { a { uri = "a.csv" }, b { uri = "b.csv" } }
        outputs { o { from = a, uri = "out", format = json }, p { from = b, uri = "out2", format = json } }
        """;
    assertThat(shell.refused(job).err()).contains("DIR/a.csv does not exist", "DIR/b.csv does not exist", "2 errors");
  }

  @Test
  void anEmptyFileOfWhichTheSchemaIsKnownHasNoRows() throws IOException {
    shell.file("in.csv", "").runs(copy("in.csv"));
    assertThat(shell.rows("out")).isEmpty();
    assertThat(shell.tree("out")).containsKeys("out/_SUCCESS", "out/part-00000.json");
  }

  @Test
  void ofAnEmptyFileNoSchemaIsInferred() throws IOException {
    shell.file("in.csv", "").refused(copy("in.csv", "")).says("""
        DIR/in.csv  error SB-3036: the file is empty: there is nothing to infer a schema from
           declare the schema, for example schema = "id long, name string null"
        1 error; more about it: samza-batch explain SB-3036
        """);
    shell.file("in.json", "").refused(copy("in.json", "")).says("""
        DIR/in.json  error SB-3010: the file has no record: there is nothing to infer a schema from
           declare the schema, for example schema = "id long, name string null"
        1 error; more about it: samza-batch explain SB-3010
        """);
  }

  @Test
  void anEmptyDirectoryOfWhichTheSchemaIsKnownHasNoRows() throws IOException {
    shell.directory("in").runs(copy("in", ", format = json, schema = \"id long\""));
    assertThat(shell.rows("out")).isEmpty();
    assertThat(shell.tree("out")).containsKeys("out/_SUCCESS", "out/part-00000.json");
  }

  @Test
  void ofAnEmptyDirectoryNoSchemaIsInferred() throws IOException {
    shell.directory("in").refused(copy("in", ", format = json")).says("""
        DIR/job.conf:2:21  error SB-4005: input "a" has no files, so no schema can be inferred
           put files there, or declare the schema, for example schema = "id long, name string null": then it has no rows
        1 error; more about it: samza-batch explain SB-4005
        """);
  }

  @Test
  void aFileThatMayNotBeReadIsNamed() throws IOException {
    shell.file("in.csv", "id,x\n1,y\n");
    Files.setPosixFilePermissions(shell.path("in.csv"), PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(shell.path("in.csv")), "this user may read everything");
    shell.file("job.conf", copy("in.csv"));
    shell.command("run", shell.path("job.conf").toString()).exits(2).saysFirst("""
        DIR/job.conf:2:21  error SB-4003: the file DIR/in.csv cannot be read
           make it readable for this user: ls -ld DIR/in.csv
        """);
    assertThat(shell.path("state")).doesNotExist();
  }

  @Test
  void aDeviceIsNoInput() throws IOException {
    shell.refused(copy("/dev/null", ", format = csv")).says("""
        DIR/job.conf:2:21  error SB-4004: /dev/null is neither a file nor a directory
        1 error; more about it: samza-batch explain SB-4004
        """);
  }

  @Test
  void aLinkToNothingIsNamed() throws IOException {
    shell.directory("in");
    Files.createSymbolicLink(shell.path("in/x.csv"), shell.path("gone.csv"));
    shell.file("job.conf", copy("in", ", format = csv"));
    shell.command("run", shell.path("job.conf").toString()).exits(2).saysFirst("""
        DIR/job.conf:2:21  error SB-4003: DIR/in/x.csv is a link to nothing
           delete the link, or name the files one by one
        """);
  }

  @Test
  void aGzipFileThatIsCutShortFailsTheRun() throws IOException {
    byte[] packed = gzip(records(50_000));
    int kept = packed.length * 2 / 3;
    shell.file("in.json.gz", Arrays.copyOf(packed, kept)).fails(copy("in.json.gz")).exits(1).says("""
        DIR/in.json.gz  error SB-3023: this file cannot be unpacked as gzip: it is incomplete: the file ends too early \
        (after %d of %d bytes)
           copy or make the file again; if it is packed in another way, set compress = none, gzip or zstd
        1 error; more about it: samza-batch explain SB-3023
        """.formatted(kept, kept) + FAILED);
  }

  @Test
  void aZstdFileThatIsCutShortFailsTheRun() throws IOException {
    byte[] packed = zstd(records(50_000));
    int kept = packed.length * 2 / 3;
    shell.file("in.json.zst", Arrays.copyOf(packed, kept)).fails(copy("in.json.zst")).exits(1).says(
        """
            DIR/in.json.zst  error SB-3023: this file cannot be unpacked as zstd: it is incomplete: the file ends too early \
            (after %d of %d bytes)
               copy or make the file again; if it is packed in another way, set compress = none, gzip or zstd
            1 error; more about it: samza-batch explain SB-3023
            """
            .formatted(kept, kept) + FAILED);
  }

  @Test
  void aPackedFileThatIsNotPackedFailsTheRun() throws IOException {
    shell.file("in.json.gz", records(1)).fails(copy("in.json.gz")).exits(1).saysFirst(
        "DIR/in.json.gz  error SB-3023: this file cannot be unpacked as gzip: its bytes are not gzip (after ");
    shell.file("in.json.zst", "").fails(copy("in.json.zst")).exits(1).saysFirst(
        "DIR/in.json.zst  error SB-3023: this file cannot be unpacked as zstd: it is incomplete");
  }

  @Test
  void binaryJunkIsNoJson() throws IOException {
    shell.file("in.json", junk()).fails(copy("in.json")).exits(1).saysFirst(
        "DIR/in.json:1:1  error SB-3004: expected an object, {, found ");
    String inferred = shell.refused(copy("in.json", "")).err();
    assertThat(inferred).startsWith("DIR/in.json:1:1  error SB-3004: expected an object, {, found ");
    assertThat(inferred).contains("mend the file, or check the input's format", "found so far: ");
    assertNothingButText(inferred);
  }

  @Test
  void binaryJunkIsNoCsv() throws IOException {
    String declared = shell.file("in.csv", junk()).fails(copy("in.csv")).exits(1).err();
    assertThat(declared).startsWith(
        "DIR/in.csv:1  error SB-3031: the header has no column \"id\", which the schema declares; it has ");
    assertThat(declared).contains("if the file has no header, set header = false; check the delimiter too");
    assertNothingButText(declared);
    String inferred = shell.refused(copy("in.csv", "")).err();
    assertThat(inferred).startsWith("DIR/in.csv:");
    assertNothingButText(inferred);
  }

  /** A terminal must not be given what junk may hold: escape sequences, bells, carriage returns. */
  private static void assertNothingButText(String message) {
    assertThat(message.chars().filter(c -> Character.isISOControl(c) && c != '\n')).isEmpty();
    assertThat(message.length()).isLessThan(5_000);
  }

  private static byte[] junk() {
    byte[] junk = new byte[100_000];
    new Random(1).nextBytes(junk);
    return junk;
  }

  private static String records(int count) {
    Random random = new Random(2);
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < count; i++) {
      records.append("{\"id\":").append(i).append(",\"x\":\"").append(Long.toHexString(random.nextLong()))
          .append("\"}\n");
    }
    return records.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] zstd(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
