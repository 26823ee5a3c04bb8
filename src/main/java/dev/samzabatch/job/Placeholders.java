package dev.samzabatch.job;

import dev.samzabatch.data.NearestName;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fills in {@code {name}} and {@code {day:yyyy/MM/dd}}; two braces are one real brace.
 *
 * <p>
 * In plain text the value's text comes in. In SQL it comes in as a literal of the value's type; between single quotes
 * as text whose quotes are doubled, so that a value never changes the meaning of the SQL around it; between double
 * quotes or back-ticks (a name) likewise. Comments stay as they are.
 */
final class Placeholders {

  private final Map<String, ParamValue> values;
  private final Set<String> unusable;
  private final Problems problems;

  /**
   * Takes the values to fill in.
   *
   * @param unusable names whose value is wrong, which was noted already
   */
  Placeholders(Map<String, ParamValue> values, Set<String> unusable, Problems problems) {
    this.values = Map.copyOf(values);
    this.unusable = Set.copyOf(unusable);
    this.problems = problems;
  }

  /** The template with texts filled in. */
  MappedText fillText(MappedText template) {
    return new Filling(template, false).run();
  }

  /** The template, which is SQL, with literals filled in. */
  MappedText fillSql(MappedText template) {
    return new Filling(template, true).run();
  }

  /** The name of the placeholder with which a text starts; empty when it starts with something else. */
  static Optional<String> leadingName(String template) {
    if (!template.startsWith("{") || template.startsWith("{{") || template.indexOf('}') < 0) {
      return Optional.empty();
    }
    return Optional.of(template.substring(1, template.indexOf('}')).split(":", 2)[0]);
  }

  private enum Region {
    PLAIN("", ""),
    STRING("'", "'"),
    NAME("\"", "\""),
    QUOTED_NAME("`", "`"),
    LINE_COMMENT("--", "\n"),
    COMMENT("/*", "*/");

    final String start;
    final String end;

    Region(String start, String end) {
      this.start = start;
      this.end = end;
    }

    boolean isComment() {
      return this == LINE_COMMENT || this == COMMENT;
    }
  }

  /** One pass over one template. */
  private final class Filling {

    private final MappedText template;
    private final String text;
    private final boolean sql;
    private final MappedText.Builder out;
    private Region region = Region.PLAIN;
    private int at;

    Filling(MappedText template, boolean sql) {
      this.template = template;
      this.text = template.text();
      this.sql = sql;
      this.out = new MappedText.Builder(template.source());
    }

    MappedText run() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (sql && changesRegion()) {
          continue;
        }
        if (region.isComment() || c != '{' && c != '}') {
          copy(1);
        } else if (text.startsWith(c == '{' ? "{{" : "}}", at)) {
          out.append(template, at);
          at += 2;
        } else if (c == '}') {
          problems.add(template.error("SB-1034", at, at + 1, "this \"}\" ends no placeholder",
              "a real brace is written twice: }}"));
          at++;
        } else {
          placeholder();
        }
      }
      return out.build(template);
    }

    private boolean changesRegion() {
      if (region != Region.PLAIN) {
        boolean ends = text.startsWith(region.end, at);
        if (ends) {
          copy(region.end.length());
          region = Region.PLAIN;
        }
        return ends;
      }
      for (Region next : Region.values()) {
        if (next != Region.PLAIN && text.startsWith(next.start, at)) {
          copy(next.start.length());
          region = next;
          return true;
        }
      }
      return false;
    }

    private void copy(int count) {
      for (int i = 0; i < count; i++) {
        out.append(template, at++);
      }
    }

    private void placeholder() {
      int start = at;
      int end = text.indexOf('}', start);
      String inside = end < 0 ? "" : text.substring(start + 1, end);
      String[] parts = inside.split(":", 2);
      String name = parts[0];
      if (!isName(name)) {
        int to = end < 0 ? start + 1 : end + 1;
        problems.add(template.error("SB-1034", start, to, "this is no placeholder",
            "a placeholder is {name}; a real brace is written twice: {{ and }}"));
        at = to;
        return;
      }
      at = end + 1;
      ParamValue value = values.get(name);
      if (value != null) {
        Optional<String> pattern = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
        spliced(value, name, pattern, start).ifPresent(spliced -> out.append(spliced, template, start));
      } else if (!unusable.contains(name)) {
        Set<String> known = new TreeSet<>(values.keySet());
        String near = NearestName.hint(name, known);
        problems.add(template.error("SB-1033", start, end + 1, "{" + name + "} is no param of this job",
            (near.isEmpty() ? "" : near + "  ") + "known: " + String.join(", ", known)));
      }
    }

    private Optional<String> spliced(ParamValue value, String name, Optional<String> pattern, int start) {
      ParamValue shown = value;
      if (pattern.isPresent()) {
        Optional<String> formatted = formatted(value, name, pattern.get(), start);
        if (formatted.isEmpty()) {
          return Optional.empty();
        }
        shown = ParamValue.of(formatted.get());
      }
      return Optional.of(switch (region) {
        case PLAIN -> sql ? shown.sql() : shown.text();
        case STRING, NAME, QUOTED_NAME -> shown.text().replace(region.end, region.end + region.end);
        case LINE_COMMENT, COMMENT -> throw new IllegalStateException("nothing is filled into comments");
      });
    }

    private Optional<String> formatted(ParamValue value, String name, String pattern, int start) {
      String message = "{" + name + "} cannot be written as \"" + pattern + "\"";
      String hint = "patterns are those of java.time: {" + name + ":yyyy/MM/dd}";
      try {
        Optional<String> formatted = value.formatted(pattern);
        if (formatted.isPresent()) {
          return formatted;
        }
        hint = "its type is " + Scalars.word(value.type()) + "; only dates and timestamps take a pattern";
      } catch (IllegalArgumentException | DateTimeException e) {
        message += ": " + e.getMessage();
      }
      problems.add(template.error("SB-1035", start, at, message, hint));
      return Optional.empty();
    }

    private boolean isName(String name) {
      return name.matches("[A-Za-z_][A-Za-z0-9_.-]*");
    }
  }
}
