package dev.samzabatch.plan;

/** Drawings in the language of Mermaid, which Git hosts show inside Markdown. */
final class MermaidSyntax implements PlanDrawing.Syntax {

  @Override
  public void begin(StringBuilder out, String job) {
    out.append("flowchart TD\n");
  }

  @Override
  public void beginStage(StringBuilder out, int id, String label) {
    out.append("  subgraph stage").append(id).append("[\"").append(escaped(label)).append("\"]\n");
  }

  @Override
  public void operator(StringBuilder out, String node, String step, String text) {
    out.append("    ").append(node).append("[\"").append(escaped(step)).append("<br/>").append(escaped(text))
        .append("\"]\n");
  }

  @Override
  public void endStage(StringBuilder out) {
    out.append("  end\n");
  }

  @Override
  public void stream(StringBuilder out, String node, String name, String text) {
    out.append("  ").append(node).append("[(\"").append(escaped(name)).append("<br/>").append(escaped(text))
        .append("\")]\n");
  }

  @Override
  public void arrow(StringBuilder out, String from, String to) {
    out.append("  ").append(from).append(" --> ").append(to).append('\n');
  }

  @Override
  public void end(StringBuilder out) {
    // A flow chart has no closing mark.
  }

  /** Labels stand in quotes and are read as HTML, with # before the number or name of a character. */
  private static String escaped(String text) {
    return text.replace("#", "#35;").replace("&", "#amp;").replace("\"", "#quot;").replace("<", "#lt;")
        .replace(">", "#gt;").replace("\n", " ");
  }
}
