package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodesTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/samzabatch/job");
  private static final Path CODES = Path.of("src/main/resources/dev/samzabatch/explain/codes.txt");

  @Test
  void everyCodeOfThisPackageIsExplainedAndEveryExplanationIsUsed() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        Matcher matcher = Pattern.compile("\"(SB-[0-9]{4})\"").matcher(Files.readString(file));
        while (matcher.find()) {
          used.add(matcher.group(1));
        }
      }
    }
    List<String> blocks = List.of(Files.readString(CODES, StandardCharsets.UTF_8).strip().split("\n\n"));
    Set<String> explained = new TreeSet<>();
    for (String block : blocks) {
      assertThat(block).matches("(?s)SB-[0-9]{4}\n\\S.*");
      assertThat(explained.add(block.substring(0, 7))).as("%s is explained once", block.substring(0, 7)).isTrue();
    }
    assertThat(used).isNotEmpty().allMatch(code -> code.startsWith("SB-1"));
    assertThat(explained.stream().filter(code -> code.startsWith("SB-1"))).containsExactlyElementsOf(used);
  }
}
