package dev.samzabatch.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the keys that say how files are written: {@code format} and what belongs to one format only. */
final class FormatReader {

  /** The keys that an input or output has for this. */
  static final List<String> KEYS = List.of("format", "compress", "header", "delimiter", "quote", "escape", "null-text");

  private static final List<String> DELIMITED_KEYS = List.of("header", "delimiter", "quote", "escape", "null-text");

  private FormatReader() {}

  /** The format: as the key says, else as the paths' extension tells; empty after a problem was noted. */
  static Optional<DataFormat> format(Section section, List<Location> locations) {
    Optional<Node> key = section.find("format");
    if (key.isPresent()) {
      return Scalars.oneOf(key.get(), DataFormat.class).filter(format -> isPossible(key.get(), format));
    }
    List<DataFormat> told = new ArrayList<>();
    for (Location location : locations) {
      Optional<DataFormat> format =
          location.isStdout() ? Optional.of(DataFormat.JSON) : DataFormat.ofPath(location.path());
      if (format.isEmpty()) {
        uri(section).error("SB-1042", "\"" + location.written() + "\" does not tell its format",
            "add format = json, csv or tsv");
        return Optional.empty();
      }
      told.add(format.get());
    }
    if (told.stream().distinct().count() > 1) {
      uri(section).error("SB-1042", "the files of one input are all of one format",
          "make one input of each format and join them with union");
      return Optional.empty();
    }
    return told.stream().findFirst();
  }

  private static boolean isPossible(Node key, DataFormat format) {
    if (!format.isForFiles()) {
      key.error("SB-1046", "the format " + Scalars.word(format) + " is for topics, not for files",
          "write json, csv or tsv");
    }
    return format.isForFiles();
  }

  /** How the values of the records of a topic are written; empty after a problem was noted. */
  static Optional<OutputSpec.Encoding> ofRecords(Section section) {
    section.refuse(List.of("compress"), "records are compressed as the client's compression.type says");
    Optional<DataFormat> format = section.has("format")
        ? section.find("format").flatMap(node -> Scalars.oneOf(node, DataFormat.class)) : Optional.of(DataFormat.JSON);
    if (format.filter(DataFormat::isDelimited).isPresent()) {
      section.refuse(List.of("header"), "a record of a topic has no header");
    }
    return format.map(known -> {
      DelimitedOptions lines = delimited(section, known);
      DelimitedOptions headless = new DelimitedOptions(
          Optional.of(false), lines.delimiter(), lines.quote(), lines.escape(), lines.nullText());
      return new OutputSpec.Encoding(known, known.isDelimited() ? headless : lines, Compression.NONE);
    });
  }

  private static Node uri(Section section) {
    return section.find("uri").orElseThrow();
  }

  /** How lines of cells are written; keys that have no meaning for the format are noted. */
  static DelimitedOptions delimited(Section section, DataFormat format) {
    DelimitedOptions usual = DelimitedOptions.of(format);
    if (!format.isDelimited()) {
      section.refuse(DELIMITED_KEYS,
          "it belongs to the formats csv and tsv, and the format is " + Scalars.word(format));
      return usual;
    }
    DelimitedOptions options = new DelimitedOptions(section.find("header").flatMap(Scalars::bool),
        section.find("delimiter").flatMap(Scalars::character).orElse(usual.delimiter()),
        character(section, "quote", usual.quote()),
        character(section, "escape", usual.escape()),
        section.find("null-text").flatMap(node -> node.text("a text")).map(MappedText::text).orElse(usual.nullText()));
    if (options.quote().filter(quote -> quote == options.delimiter()).isPresent()) {
      section.node().keyError("SB-1024", "quote and delimiter are the same character",
          "choose another delimiter or quote");
    }
    if (options.escape().isPresent() && options.quote().isEmpty()) {
      section.refuse(List.of("escape"), "cells are never quoted");
    }
    return options;
  }

  /** A character that an empty text takes away; an escape that is the quote means the same as none. */
  private static Optional<Character> character(Section section, String key, Optional<Character> usual) {
    Optional<Node> node = section.find(key);
    if (node.isEmpty()) {
      return usual;
    }
    boolean none = node.get().written("one character").filter(text -> text.text().isEmpty()).isPresent();
    return none ? Optional.empty() : Scalars.character(node.get());
  }
}
