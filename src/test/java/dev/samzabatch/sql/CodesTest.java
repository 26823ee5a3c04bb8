package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodesTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/samzabatch/sql");
  private static final Path CODES = Path.of("src/main/resources/dev/samzabatch/explain/codes.txt");

  @Test
  void everyCodeOfThisPackageIsExplainedAndEveryExplanationIsUsed() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        used.addAll(all("\"(SB-[0-9]{4})\"", Files.readString(file)));
      }
    }
    assertThat(used).isNotEmpty().allMatch(code -> code.startsWith("SB-20"));
    assertThat(all("(?m)^(SB-20[0-9]{2})$", Files.readString(CODES))).isEqualTo(used);
  }

  private static Set<String> all(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
