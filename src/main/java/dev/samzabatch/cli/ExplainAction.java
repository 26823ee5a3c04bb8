package dev.samzabatch.cli;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Explains error codes. */
final class ExplainAction {

  private static final int MAX_LISTED = 100;

  private final Console console;

  ExplainAction(Console console) {
    this.console = console;
  }

  int explain(Optional<String> wanted) {
    Map<String, String> codes = Codes.read();
    if (wanted.isEmpty()) {
      Table table = Table.of(List.of("code", "meaning"), MAX_LISTED);
      codes.forEach((code, text) -> table.row(code, firstSentence(text)));
      console.answer(table.lines());
      return ExitCode.DONE;
    }
    String code = normal(wanted.get());
    String text = codes.get(code);
    if (text == null) {
      String hint = NearestName.hint(code, codes.keySet()) + " all codes: samza-batch explain";
      throw new UserException(
          Problem.error("SB-6002", Place.none(), "there is no error code \"" + wanted.get() + "\"", hint.strip()));
    }
    console.answer(List.of(console.style().bold(code), text));
    return ExitCode.DONE;
  }

  /** {@code sb-1020} and {@code 1020} mean {@code SB-1020}. */
  private static String normal(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return upper.matches("[0-9]{4}") ? "SB-" + upper : upper;
  }

  private static String firstSentence(String text) {
    String line = text.replace('\n', ' ').replaceFirst("^A warning\\. ", "");
    int end = line.indexOf(". ");
    return end < 0 ? line : line.substring(0, end + 1);
  }
}
