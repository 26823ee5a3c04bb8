package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that run nothing, and command lines that are wrong. */
class UsageTest {

  private static void assertUsageError(Cli.Answer answer, String... lines) {
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.errLines()).containsExactly(lines);
  }

  @Test
  void aMissingCommandIsAUsageError() {
    assertUsageError(Cli.plain(), "samza-batch: a command is missing.", "See: samza-batch --help");
  }

  @Test
  void anUnknownCommandHasASuggestion() {
    assertUsageError(Cli.plain("chekc"), "samza-batch: unmatched argument at index 0: 'chekc'",
        "Did you mean: samza-batch check?", "See: samza-batch --help");
  }

  @Test
  void anUnknownOptionHasASuggestion() {
    assertUsageError(Cli.plain("run", "job.conf", "--parm", "a=b"),
        "samza-batch: unknown options: '--parm', 'a=b'", "Possible solutions: --param", "See: samza-batch run --help");
  }

  @Test
  void aMissingJobFileIsAUsageError() {
    assertUsageError(Cli.plain("plan"),
        "samza-batch: missing required parameter: 'JOB.CONF'", "See: samza-batch plan --help");
  }

  @Test
  void twoFormsOfAPlanExcludeEachOther() {
    assertThat(Cli.plain("plan", "x.conf", "--dot", "--json").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "d", "7 d", "-7d", "7w", "12345678901d"})
  void anAgeThatIsNoneIsAUsageError(String age) {
    Cli.Answer answer = Cli.plain("clean", "--older", age);
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("is not a time like 7d, 12h, 30m or 90s");
  }

  @Test
  void cleanNeedsExactlyOneSelection() {
    assertThat(Cli.plain("clean").err()).contains("--run-id=RUN | --older=TIME | --failed | --all");
    assertThat(Cli.plain("clean", "--all", "--failed").code()).isEqualTo(2);
  }

  @Test
  void aPreviewOfNoRowsIsAUsageError() {
    assertThat(Cli.plain("preview", "x.conf", "-n", "0").errLines())
        .first().isEqualTo("samza-batch: invalid value for option '--rows': 0 is less than 1.");
  }

  @Test
  void anArgumentThatBeginsWithAnAtIsNotAFileOfArguments() {
    assertThat(Cli.plain("check", "@job.conf").err()).contains("SB-1001").contains("@job.conf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check", "plan", "preview", "infer", "runs", "show", "clean", "streams", "explain",
      "completion", "version"})
  void everyCommandHasHelp(String command) {
    Cli.Answer answer = Cli.plain(command, "--help");
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).startsWith("Usage: samza-batch " + command);
  }

  @Test
  void versionIsOneJsonObject() {
    Cli.Answer answer = Cli.plain("version", "--json");
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).matches("\\{\"version\":\"[^\"]+\",\"java\":\"[^\"]+\"}\\R");
  }

  @Test
  void completionKnowsCommandsAndOptions() {
    assertThat(Cli.plain("completion", "bash").out())
        .startsWith("#!/usr/bin/env bash").contains("preview", "--state-dir");
    assertThat(Cli.plain("completion", "zsh").out()).startsWith("autoload");
    assertThat(Cli.plain("completion", "tcsh").code()).isEqualTo(2);
  }

  @Test
  void aCodeIsExplainedHoweverItIsWritten() {
    assertThat(Cli.plain("explain", "SB-1020").out()).startsWith("SB-1020").contains("A key is not known");
    assertThat(Cli.plain("explain", "sb-1020").out()).isEqualTo(Cli.plain("explain", "1020").out());
  }

  @Test
  void anUnknownCodeIsAnErrorWithASuggestion() {
    Cli.Answer answer = Cli.plain("explain", "SB-1920");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .startsWith("error SB-6002: there is no error code \"SB-1920\"").contains("did you mean \"SB-10");
  }

  @Test
  void withoutACodeAllAreListed() {
    assertThat(Cli.plain("explain").outLines()).hasSize(Codes.read().size() + 1);
  }

  @Test
  void everyCodeThatTheProgramUsesIsExplainedAndEveryExplanationIsUsed() throws IOException {
    TreeSet<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher = Pattern.compile("(SB-[0-9]{4})[\":]").matcher(Files.readString(file));
        while (matcher.find()) {
          if (!file.endsWith("Problem.java") && !file.endsWith("ExplainCommand.java")) {
            used.add(matcher.group(1));
          }
        }
      }
    }
    Map<String, String> explained = Codes.read();
    assertThat(explained.keySet()).containsExactlyElementsOf(used);
    assertThat(explained.values()).allSatisfy(text -> assertThat(text).isNotBlank());
  }

  @Test
  void userConfigurationLiesWhereXdgSays(@TempDir Path home) {
    assertThat(Settings.userConfig(Map.of("XDG_CONFIG_HOME", home.toString())))
        .isEqualTo(home.resolve("samza-batch/config.conf"));
    assertThat(Settings.userConfig(Map.of()).endsWith(".config/samza-batch/config.conf")).isTrue();
  }
}
