package dev.samzabatch.report;

/**
 * Colours for a terminal, or none.
 *
 * @param colored whether the text goes where colours are shown
 */
public record Style(boolean colored) {

  /** No colours. */
  public static final Style PLAIN = new Style(false);

  private static final String ESCAPE = "\u001b[";

  /** Text that stands out. */
  public String bold(String text) {
    return with("1", text);
  }

  /** Text of what is well. */
  public String good(String text) {
    return with("32", text);
  }

  /** Text of what is odd. */
  public String odd(String text) {
    return with("33", text);
  }

  /** Text of what is wrong. */
  public String bad(String text) {
    return with("31", text);
  }

  private String with(String code, String text) {
    return colored && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
