package dev.samzabatch.plan;

/** Drawings in the language of Graphviz. */
final class DotSyntax implements PlanDrawing.Syntax {

  @Override
  public void begin(StringBuilder out, String job) {
    out.append("digraph \"").append(escaped(job)).append("\" {\n");
    out.append("  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
  }

  @Override
  public void beginStage(StringBuilder out, int id, String label) {
    out.append("  subgraph cluster_").append(id).append(" {\n    label=\"").append(escaped(label)).append("\";\n");
  }

  @Override
  public void operator(StringBuilder out, String node, String step, String text) {
    out.append("    ").append(node).append(" [label=\"").append(escaped(step)).append("\\n").append(escaped(text))
        .append("\"];\n");
  }

  @Override
  public void endStage(StringBuilder out) {
    out.append("  }\n");
  }

  @Override
  public void stream(StringBuilder out, String node, String name, String text) {
    out.append("  ").append(node).append(" [shape=cylinder, label=\"").append(escaped(name)).append("\\n")
        .append(escaped(text)).append("\"];\n");
  }

  @Override
  public void arrow(StringBuilder out, String from, String to) {
    out.append("  ").append(from).append(" -> ").append(to).append(";\n");
  }

  @Override
  public void end(StringBuilder out) {
    out.append("}\n");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
