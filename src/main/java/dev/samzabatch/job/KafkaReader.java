package dev.samzabatch.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the keys of a system of type kafka. */
final class KafkaReader {

  /** The keys that a system has for this. */
  static final List<String> KEYS = List.of("bootstrap.servers", "bootstrap", "client", "schema-registry", "timeout");

  private static final Pattern SERVER =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9_]*://)?(?:\\[[0-9A-Fa-f:.%]+]|[^\\s:,/\\[\\]]+):([0-9]{1,5})");
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final SecretReader secrets;

  KafkaReader(SecretReader secrets) {
    this.secrets = secrets;
  }

  /** How the cluster is reached; empty after a problem was noted. */
  Optional<KafkaSpec> read(Section system) {
    Optional<String> servers = servers(system);
    Map<String, String> client = system.find("client").map(this::client).orElse(Map.of());
    Optional<KafkaSpec.Registry> registry = system.find("schema-registry").flatMap(this::registry);
    Duration timeout = system.find("timeout").flatMap(Scalars::duration).orElse(TIMEOUT);
    return servers.map(found -> new KafkaSpec(found, client, registry, timeout));
  }

  private static Optional<String> servers(Section system) {
    Optional<Node> nested = system.find("bootstrap");
    if (nested.isPresent() && system.has("bootstrap.servers")) {
      nested.get().keyError("SB-1012", "bootstrap.servers is set twice: here and at "
          + system.find("bootstrap.servers").orElseThrow().place(), "remove one of the two");
    }
    String example = "bootstrap.servers = \"localhost:9092\"";
    Optional<Node> servers = nested.isEmpty() ? system.require("bootstrap.servers", example)
        : Section.of(nested.get(), "bootstrap", List.of("servers")).flatMap(s -> s.require("servers", example));
    return servers.flatMap(KafkaReader::servers);
  }

  private static Optional<String> servers(Node node) {
    if (node.isList()) {
      List<Optional<String>> each =
          node.elements("[\"a:9092\", \"b:9092\"]").stream().map(KafkaReader::servers).toList();
      return each.isEmpty() || each.contains(Optional.<String>empty()) ? Optional.empty()
          : Optional.of(String.join(",", each.stream().map(Optional::orElseThrow).toList()));
    }
    Optional<String> text = node.text("host:port").map(found -> found.text().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> servers = List.of(text.get().split("\\s*,\\s*", -1));
    for (String server : servers) {
      Matcher matcher = SERVER.matcher(server);
      if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 65535 || matcher.group(1).matches("0+")) {
        node.error("SB-1024", node.path() + ": expected host:port, found \"" + server + "\"",
            "several are written \"a:9092,b:9092\" or [\"a:9092\", \"b:9092\"]");
        return Optional.empty();
      }
    }
    return Optional.of(String.join(",", servers));
  }

  private Map<String, String> client(Node node) {
    Map<String, String> properties = new LinkedHashMap<>();
    DottedKeys.of(node).forEach((name, value) -> {
      Optional<String> why = DecidedProperties.why(name);
      if (why.isPresent()) {
        value.keyError("SB-1079", "\"" + name + "\" is not for client { }: " + why.get(), "remove it");
      } else {
        secrets.read(name, value).ifPresent(text -> properties.put(name, text));
      }
    });
    return properties;
  }

  private Optional<KafkaSpec.Registry> registry(Node node) {
    Optional<Section> section = Section.of(node, "schema-registry", List.of("url", "user", "password"));
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> url = section.get().require("url", "url = \"http://localhost:8081\"").flatMap(KafkaReader::url);
    String user = section.get().find("user").flatMap(found -> found.text("a text")).map(MappedText::text).orElse("");
    String password =
        section.get().find("password").flatMap(found -> secrets.read("password", found)).orElse("");
    if (section.get().has("user")) {
      section.get().require("password", "password = \"secret:env:REGISTRY_PASSWORD\"");
    } else {
      section.get().refuse(List.of("password"), "there is no user");
    }
    return url.map(found -> new KafkaSpec.Registry(found, user, password));
  }

  private static Optional<String> url(Node node) {
    Optional<String> text = node.text("a url").map(found -> found.text().strip());
    if (text.isEmpty()) {
      return text;
    }
    try {
      URI uri = new URI(text.get());
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp && uri.getHost() != null && uri.getUserInfo() == null) {
        return text.map(found -> found.replaceFirst("/+$", ""));
      }
    } catch (URISyntaxException e) {
      return noUrl(node);
    }
    return noUrl(node);
  }

  /** The text is not told, for it may hold a password. */
  private static Optional<String> noUrl(Node node) {
    node.keyError("SB-1024", node.path() + ": expected a url like http://host:8081",
        "user and password have keys of their own");
    return Optional.empty();
  }
}
