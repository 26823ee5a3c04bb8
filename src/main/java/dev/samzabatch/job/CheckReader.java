package dev.samzabatch.job;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code checks}. */
final class CheckReader {

  private static final List<String> RULES = List.of("rows", "unique", "true-for");
  private static final List<String> KEYS = Names.keys(List.of("on", "at-least", "else"), RULES);
  private static final Pattern COMPARISON = Pattern.compile("(>=|<=|=|>|<)\\s*([0-9]{1,18})");
  private static final Pattern BETWEEN =
      Pattern.compile("between\\s+([0-9]{1,18})\\s+and\\s+([0-9]{1,18})", Pattern.CASE_INSENSITIVE);

  private final Relations relations;

  CheckReader(Relations relations) {
    this.relations = relations;
  }

  Map<String, CheckSpec> read(Optional<Node> checks) {
    Map<String, CheckSpec> specs = new LinkedHashMap<>();
    for (Section.Named child : checks.map(Section::named).orElse(List.of())) {
      Names.checkRelation(child);
      Section.of(child.node(), "a check", KEYS)
          .flatMap(section -> check(child.name(), section))
          .ifPresent(spec -> specs.put(child.name(), spec));
    }
    return specs;
  }

  private Optional<CheckSpec> check(String name, Section section) {
    Optional<Reference> on = section.require("on", "on = the-name-of-a-step").flatMap(relations::read);
    CheckSpec.Otherwise otherwise = section.find("else").flatMap(node -> Scalars.oneOf(node, CheckSpec.Otherwise.class))
        .orElse(CheckSpec.Otherwise.FAIL);
    if (!section.has("true-for")) {
      section.refuse(List.of("at-least"), "it belongs to true-for");
    }
    Optional<CheckSpec.Rule> rule = rule(name, section);
    if (on.isEmpty() || rule.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new CheckSpec(name, section.node().place(), on.get(), rule.get(), otherwise));
  }

  private static Optional<CheckSpec.Rule> rule(String name, Section section) {
    List<String> present = RULES.stream().filter(section::has).toList();
    if (present.size() != 1) {
      String found = present.isEmpty() ? "no rule" : "\"" + String.join("\" and \"", present) + "\"";
      section.node().keyError("SB-1060", "a check has one rule, and \"" + name + "\" has " + found,
          present.isEmpty() ? "add for example rows = \">= 1\"" : "make a check of each");
      return Optional.empty();
    }
    Node node = section.find(present.get(0)).orElseThrow();
    if (node.path().endsWith(".rows")) {
      return rows(node);
    }
    if (node.path().endsWith(".unique")) {
      List<SqlText> columns = VerbReader.columns(node, "unique = [member_id]");
      return columns.isEmpty() ? Optional.empty() : Optional.of(new CheckSpec.Unique(columns));
    }
    BigDecimal atLeast = section.find("at-least").flatMap(Scalars::fraction).orElse(BigDecimal.ONE);
    return node.sql().map(condition -> new CheckSpec.TrueFor(condition, atLeast));
  }

  private static Optional<CheckSpec.Rule> rows(Node node) {
    Optional<String> text = node.text("a comparison").map(found -> found.text().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher comparison = COMPARISON.matcher(text.get());
    Matcher between = BETWEEN.matcher(text.get());
    Optional<CheckSpec.Rows> rows = Optional.empty();
    if (comparison.matches()) {
      rows = Optional.of(compared(comparison.group(1), Long.parseLong(comparison.group(2))));
    } else if (between.matches()) {
      rows = Optional.of(new CheckSpec.Rows(Long.parseLong(between.group(1)), Long.parseLong(between.group(2))));
    }
    if (rows.isEmpty() || rows.get().least() > rows.get().most()) {
      node.error("SB-1061", rows.isEmpty() ? "\"" + text.get() + "\" is no condition on a number of rows"
          : "no number of rows meets this condition", "write for example \">= 1\", \"= 50\" or \"between 1 and 10\"");
      return Optional.empty();
    }
    return rows.map(CheckSpec.Rule.class::cast);
  }

  private static CheckSpec.Rows compared(String operator, long count) {
    return switch (operator) {
      case ">=" -> new CheckSpec.Rows(count, Long.MAX_VALUE);
      case ">" -> new CheckSpec.Rows(count + 1, Long.MAX_VALUE);
      case "<=" -> new CheckSpec.Rows(0, count);
      case "<" -> new CheckSpec.Rows(0, count - 1);
      default -> new CheckSpec.Rows(count, count);
    };
  }
}
