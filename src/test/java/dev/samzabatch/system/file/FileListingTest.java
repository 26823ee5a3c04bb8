package dev.samzabatch.system.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {

  @TempDir
  Path temp;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temp.toRealPath().resolve("root"));
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + name);
    }
  }

  private List<String> list(String... paths) {
    List<Location> locations = Arrays.stream(paths)
        .map(path -> new Location(path, "", root + "/" + path, new Place("job.conf", 3, 7))).toList();
    return FileListing.list(locations).stream().map(file -> root.relativize(file.path()).toString()).toList();
  }

  @Test
  void aFileIsItself() throws IOException {
    files("a.json", "b.json");
    assertThat(list("a.json")).containsExactly("a.json");
  }

  @Test
  void aDirectoryIsAllItsFilesBelowInOrder() throws IOException {
    files("d/z.json", "d/a.json", "d/b/c/x.json", "d/b/y.json", "e.json");
    assertThat(list("d")).containsExactly("d/a.json", "d/b/c/x.json", "d/b/y.json", "d/z.json");
  }

  @Test
  void hiddenFilesAndDirectoriesArePassedOverAtEveryLevel() throws IOException {
    files("d/.a", "d/_SUCCESS", "d/b/.c/x", "d/b/_tmp/y", "d/b/ok");
    assertThat(list("d")).containsExactly("d/b/ok");
    assertThat(list("d/*/*")).containsExactly("d/b/ok");
    assertThat(list("**")).containsExactly("d/b/ok");
  }

  @Test
  void whatIsNamedIsTakenEvenIfItsNameIsHidden() throws IOException {
    files("_old/.keep/a.json", "_old/b.json");
    assertThat(list("_old/.keep/a.json")).containsExactly("_old/.keep/a.json");
    assertThat(list("_old")).containsExactly("_old/b.json");
    assertThat(list("_ol*/.k*/*")).containsExactly("_old/.keep/a.json");
  }

  @Test
  void patternsMatchNames() throws IOException {
    files("dt=1/a.json", "dt=1/b.csv", "dt=2/a.json", "dt=10/a.json", "x/deep/er/a.json");
    assertThat(list("dt=?/*.json")).containsExactly("dt=1/a.json", "dt=2/a.json");
    assertThat(list("dt=*/a.json")).containsExactly("dt=1/a.json", "dt=10/a.json", "dt=2/a.json");
    assertThat(list("dt=[2-9]/*")).containsExactly("dt=2/a.json");
    assertThat(list("dt=[!2]/*")).containsExactly("dt=1/a.json", "dt=1/b.csv");
    assertThat(list("dt=1/{a.json,b.csv}")).containsExactly("dt=1/a.json", "dt=1/b.csv");
    assertThat(list("{dt=2,x/deep/{er,not}}/a.json")).containsExactly("dt=2/a.json", "x/deep/er/a.json");
    assertThat(list("**/a.json"))
        .containsExactly("dt=1/a.json", "dt=10/a.json", "dt=2/a.json", "x/deep/er/a.json");
    assertThat(list("x/**/a.json")).containsExactly("x/deep/er/a.json");
    assertThat(list("x/**/er/**/a.json")).containsExactly("x/deep/er/a.json");
    assertThat(list("x/**/**/a.json", "**/**")).contains("x/deep/er/a.json").hasSize(5);
    assertThat(list("x/**")).containsExactly("x/deep/er/a.json");
  }

  @Test
  void aMatchedDirectoryIsAllItsFiles() throws IOException {
    files("dt=1/p=1/a.json", "dt=2/b.json", "c.json");
    assertThat(list("dt=*")).containsExactly("dt=1/p=1/a.json", "dt=2/b.json");
  }

  @Test
  void aNameThatExistsIsNoPattern() throws IOException {
    files("a[1].json", "a1.json", "{x,y}.json", "q*.json", "qq.json");
    assertThat(list("a[1].json")).containsExactly("a[1].json");
    assertThat(list("{x,y}.json")).containsExactly("{x,y}.json");
    assertThat(list("q\\*.json")).containsExactly("q*.json");
    assertThat(list("a[[]1].json")).containsExactly("a[1].json");
  }

  @Test
  void severalLocationsGiveEachFileOnce() throws IOException {
    files("b.json", "a.json", "d/c.json");
    assertThat(list("d", "b.json", "*.json", "d/c.json")).containsExactly("a.json", "b.json", "d/c.json");
  }

  @Test
  void linksAreFollowedButNotInCircles() throws IOException {
    files("d/a.json", "elsewhere/b.json");
    Files.createSymbolicLink(root.resolve("d/up"), root);
    Files.createSymbolicLink(root.resolve("d/self"), root.resolve("d"));
    Files.createSymbolicLink(root.resolve("d/other"), root.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve("d/file.json"), root.resolve("elsewhere/b.json"));
    assertThat(list("d")).containsExactlyInAnyOrder(
        "d/a.json", "d/file.json", "d/other/b.json", "d/up/elsewhere/b.json");
    assertThat(list("d/**/b.json")).containsExactlyInAnyOrder("d/other/b.json", "d/up/elsewhere/b.json");
  }

  @Test
  void anEmptyDirectoryHasNoFiles() throws IOException {
    Files.createDirectories(root.resolve("empty/below"));
    assertThat(list("empty")).isEmpty();
    assertThat(list("emp*")).isEmpty();
  }

  @Test
  void sizeAndTimeAndBytesAreThoseOfTheFile() throws IOException {
    files("a.json");
    Path path = root.resolve("a.json");
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_700_000_000_123L));
    LocalFile file = FileListing.list(List.of(new Location("", "", path.toString(), Place.none()))).get(0);
    assertThat(file).isEqualTo(new LocalFile(path, path.toString(), 17, 1_700_000_000_123L));
    try (InputStream in = file.open(11)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("a.json");
    }
  }

  @Test
  void everythingThatIsMissingIsToldAtOnceWithWhatIsThere() throws IOException {
    files("data/views.json", "data/members.csv");
    assertThatThrownBy(() -> list("data/viws.json", "data/*.avro", "dta/x.json", "data/members.csv"))
        .isInstanceOfSatisfying(UserException.class, e -> {
          assertThat(e.problems()).extracting(Problem::code).containsExactly("SB-4001", "SB-4002", "SB-4001");
          assertThat(e.problems()).extracting(Problem::message).containsExactly(
              root + "/data/viws.json does not exist", "no file matches " + root + "/data/*.avro",
              root + "/dta/x.json does not exist");
          assertThat(e.problems()).extracting(Problem::hint).containsExactly(
              "did you mean \"views.json\"?",
              "the directory " + root + "/data is there and holds: members.csv, views.json", "did you mean \"data\"?");
          assertThat(e.problems()).extracting(Problem::place).containsOnly(new Place("job.conf", 3, 7));
        });
  }

  @Test
  void whatCannotBeReadIsAnError() throws IOException {
    files("d/a.json", "d/b/c.json");
    Path file = root.resolve("d/a.json");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(root.resolve("d/b"), PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
      assertThatThrownBy(() -> list("d")).isInstanceOfSatisfying(UserException.class,
          e -> assertThat(e.problems()).extracting(Problem::code).containsExactly("SB-4003", "SB-4003"));
    } finally {
      Files.setPosixFilePermissions(root.resolve("d/b"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aLinkToNothingIsAnErrorAndNoSilentLoss() throws IOException {
    files("d/a.json");
    Files.createSymbolicLink(root.resolve("d/gone.json"), root.resolve("nowhere"));
    assertThatThrownBy(() -> list("d")).isInstanceOf(UserException.class)
        .hasMessageContaining("SB-4003").hasMessageContaining("gone.json is a link to nothing");
  }

  @Test
  void whatIsNoFileIsAnError() {
    Location device = new Location("/dev/null", "", "/dev/null", Place.none());
    assertThatThrownBy(() -> FileListing.list(List.of(device))).isInstanceOf(UserException.class)
        .hasMessageContaining("SB-4004").hasMessageContaining("neither a file nor a directory");
  }

  @Test
  void manyAlternativesEndWithoutHarm() throws IOException {
    files("a0a0a0a0a0a0a0a0a0a0");
    assertThat(list("a0{a0,b}" + "{a0,b}".repeat(8))).containsExactly("a0a0a0a0a0a0a0a0a0a0");
    assertThatThrownBy(() -> list("{a,b}".repeat(40))).isInstanceOf(UserException.class);
  }
}
