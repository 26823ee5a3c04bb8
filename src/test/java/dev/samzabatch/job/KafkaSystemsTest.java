package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems of type kafka, and the secrets in them. */
class KafkaSystemsTest {

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  /** A job whose system "bus", in line 4, has these keys beside its type. */
  private JobFolder system(String keys) {
    return folder.job(JobFolder.jobWith("systems { bus { type = kafka, " + keys + " } }"));
  }

  private KafkaSpec kafka(String keys) {
    return system(keys).load().systems().get("bus").kafka().orElseThrow();
  }

  private List<String> firstLines() {
    return folder.errors().lines().filter(line -> line.matches(".* (error|warning) SB-.*")).toList();
  }

  @Test
  void serversMayBeWrittenInEveryWayThatHoconHas() {
    for (String servers : new String[] {"bootstrap.servers = \"h1:9092,h2:9092\"",
        "\"bootstrap.servers\" = \" h1:9092 , h2:9092 \"", "bootstrap { servers = [\"h1:9092\", \"h2:9092\"] }",
        "bootstrap.servers = [\"h1:9092,h2:9092\"]"}) {
      assertThat(kafka(servers).bootstrapServers()).as(servers).isEqualTo("h1:9092,h2:9092");
    }
    assertThat(kafka("bootstrap.servers = \"[::1]:9092,SSL://h:1\"").bootstrapServers())
        .isEqualTo("[::1]:9092,SSL://h:1");
  }

  @Test
  void serversMayComeFromTheCommandLineAndTheEnvironment() {
    system("bootstrap.servers = \"h1:9092\"");
    folder.with(Overrides.NONE.withSets(List.of("systems.bus.bootstrap.servers=h3:1")));
    assertThat(folder.load().systems().get("bus").kafka().orElseThrow().bootstrapServers()).isEqualTo("h3:1");
    folder.with(Overrides.NONE.withEnvironment(Map.of("SAMZA_BATCH_SYSTEMS__BUS__BOOTSTRAP__SERVERS", "h4:1")));
    assertThat(folder.load().systems().get("bus").kafka().orElseThrow().bootstrapServers()).isEqualTo("h4:1");
  }

  @Test
  void whatIsNoServerIsAnError() {
    for (String wrong : new String[] {"localhost", "h:", ":9092", "h:0", "h:65536", "h 1:9092", "http://h/x:1", "h1:1,",
        ""}) {
      system("bootstrap.servers = \"" + wrong + "\"");
      assertThat(firstLines()).as(wrong).singleElement().asString()
          .startsWith("job.conf:4:51  error SB-1024: systems.bus.bootstrap.servers: expected host:port, found \"");
    }
    system("x = 1");
    assertThat(folder.errors()).contains("""
        job.conf:4:11  error SB-1022: a system needs the key "bootstrap.servers"
            4 | systems { bus { type = kafka, x = 1 } }
              |           ^^^ add for example bootstrap.servers = "localhost:9092\"""");
    system("bootstrap.servers = [], timeout = 0s, uri = x");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:51  error SB-1024: systems.bus.bootstrap.servers is an empty list",
        "job.conf:4:65  error SB-1024: systems.bus.timeout: expected a time like 60s, 5m or 2h, found \"0s\"",
        "job.conf:4:69  error SB-1025: \"uri\" means nothing here: a system of type kafka is reached at its"
            + " bootstrap.servers");
    system("bootstrap.servers = \"h:1\", \"bootstrap.servers\" = \"h:2\"");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:31  error SB-1012: bootstrap.servers is set twice: here and at job.conf:4:58");
  }

  @Test
  void clientsTakeAnyPropertyInEveryWayThatHoconHas() {
    KafkaSpec spec = kafka("""
        bootstrap.servers = "h:1", timeout = 30s, client {
          security.protocol = SASL_SSL
          "sasl.mechanism" = PLAIN
          ssl { truststore { location = /x, password = "secret:env:PW" } }
          fetch.max.bytes = 100000
          fetch.min = 010
          a.b = true
          empty = ""
        }""");
    assertThat(spec.client()).containsExactlyInAnyOrderEntriesOf(Map.of("security.protocol", "SASL_SSL",
        "sasl.mechanism", "PLAIN", "ssl.truststore.location", "/x", "ssl.truststore.password", "secret:env:PW",
        "fetch.max.bytes", "100000", "fetch.min", "010", "a.b", "true", "empty", ""));
    assertThat(spec.timeout()).isEqualTo(Duration.ofSeconds(30));
    KafkaSpec usual = kafka("bootstrap.servers = \"h:1\"");
    assertThat(usual).isEqualTo(new KafkaSpec("h:1", Map.of(), Optional.empty(), Duration.ofMinutes(2)));
  }

  @Test
  void whatTheProgramDecidesItselfIsRefusedWithTheReason() {
    system("bootstrap.servers = \"h:1\", client { group.id = g }");
    assertThat(folder.errors()).isEqualTo(
        """
            job.conf:4:67  error SB-1079: "group.id" is not for client { }: a run keeps its positions in its own checkpoints, in no consumer group
                4 | systems { bus { type = kafka, bootstrap.servers = "h:1", client { group.id = g } } }
                  |                                                                   ^^^^^^^^ remove it""");
    for (String property : new String[] {"bootstrap.servers", "key.serializer", "value.serializer", "key.deserializer",
        "value.deserializer", "enable.auto.commit", "auto.offset.reset", "isolation.level", "transactional.id",
        "enable.idempotence", "acks", "partitioner.class", "allow.auto.create.topics"}) {
      system("bootstrap.servers = \"h:1\", client { " + property + " = x }");
      assertThat(firstLines()).as(property).singleElement().asString()
          .startsWith("job.conf:4:67  error SB-1079: \"" + property + "\" is not for client { }: ");
    }
  }

  @Test
  void mistakesInClientPropertiesAreTold() {
    system("bootstrap.servers = \"h:1\", client { a.b = 1, \"a.b\" = 2, c = [x] }");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:76  error SB-1012: a.b is set twice: here and at job.conf:4:67",
        "job.conf:4:91  error SB-1021: systems.bus.client.c: expected a text, found a list [ ... ]");
    system("bootstrap.servers = \"h:1\", client = x");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:67  error SB-1021: systems.bus.client: expected an object { ... }, found \"x\"");
  }

  @Test
  void aRegistryIsRead() {
    assertThat(kafka("bootstrap.servers = \"h:1\", schema-registry { url = \"https://r:8081/x/\" }").registry())
        .contains(new KafkaSpec.Registry("https://r:8081/x", "", ""));
    assertThat(kafka("bootstrap.servers = \"h:1\", schema-registry { url = \"http://r\", user = u, "
        + "password = \"secret:env:P\" }").registry())
        .contains(new KafkaSpec.Registry("http://r", "u", "secret:env:P"));
  }

  @Test
  void mistakesInARegistryAreTold() {
    for (String wrong : new String[] {"r:8081", "ftp://r", "http://", "http://u:hunter2@r:1", "http://a b", ""}) {
      system("bootstrap.servers = \"h:1\", schema-registry { url = \"" + wrong + "\" }");
      assertThat(firstLines()).as(wrong).containsExactly(
          "job.conf:4:76  error SB-1024: systems.bus.schema-registry.url: expected a url like http://host:8081");
      assertThat(folder.errors()).doesNotContain("hunter2");
    }
    system("bootstrap.servers = \"h:1\", schema-registry { user = u, pass = x }");
    assertThat(firstLines()).containsExactly(
        "job.conf:4:58  error SB-1022: schema-registry needs the key \"url\"",
        "job.conf:4:58  error SB-1022: schema-registry needs the key \"password\"",
        "job.conf:4:86  error SB-1020: \"pass\" is no key of schema-registry");
    system("bootstrap.servers = \"h:1\", schema-registry { url = \"http://r\", password = \"secret:env:P\" }");
    assertThat(firstLines())
        .containsExactly("job.conf:4:94  error SB-1025: \"password\" means nothing here: there is no user");
  }

  @Test
  void aSystemOfAnotherTypeHasNoneOfTheseKeys() {
    folder.job(JobFolder.jobWith(
        "systems { lake { type = file, bootstrap.servers = x, client {}, schema-registry {}, timeout = 1s } }"));
    assertThat(firstLines()).containsExactly(
        "job.conf:4:31  error SB-1025: \"bootstrap\" means nothing here: it belongs to systems of type kafka",
        "job.conf:4:54  error SB-1025: \"client\" means nothing here: it belongs to systems of type kafka",
        "job.conf:4:65  error SB-1025: \"schema-registry\" means nothing here: it belongs to systems of type kafka",
        "job.conf:4:85  error SB-1025: \"timeout\" means nothing here: it belongs to systems of type kafka");
  }

  @Test
  void aMistypedTypeIsTheOnlyMistake() {
    folder.job("job = test\nsystems { bus { type = kafak, bootstrap.servers = \"h:1\" } }\n"
        + "inputs { v { uri = \"bus:topic\", from = end } }\noutputs { o { from = v, uri = \"-\" } }\n");
    assertThat(firstLines())
        .containsExactly("job.conf:2:24  error SB-1040: \"kafak\" is no type of system that this build knows");
  }

  @Test
  void aKafkaSystemIsNotCalledLocal() {
    folder.job(JobFolder.jobWith("systems { local { type = kafka, bootstrap.servers = \"h:1\" } }"));
    assertThat(firstLines())
        .containsExactly("job.conf:4:11  error SB-1026: \"local\" cannot be the name of a system of type kafka");
  }

  @Test
  void aSecretInTheJobFileIsAWarningThatDoesNotShowIt() {
    system("bootstrap.servers = \"h:1\", client { ssl.key.password = hunter2, ssl.keystore.key = \"hunter2\", "
        + "sasl.jaas.config = \"X required username=\\\"u\\\" password=\\\"hunter2\\\";\", x.client.secret = hunter2 }, "
        + "schema-registry { url = \"http://r\", user = u, password = hunter2 }");
    assertThat(folder.warnings()).isEqualTo(String.join("\n",
        warning("67", "client.ssl.key.password"), warning("95", "client.ssl.keystore.key"),
        warning("125", "client.sasl.jaas.config"), warning("195", "client.x.client.secret"),
        warning("270", "schema-registry.password")));
    assertThat(folder.load().toString()).doesNotContain("hunter2");
    system("bootstrap.servers = \"h:1\", client { sasl.jaas.config = \"Krb5LoginModule required useKeyTab=true;\" }");
    assertThat(folder.warnings()).isEmpty();
  }

  private static String warning(String column, String key) {
    return "job.conf:4:" + column + "  warning SB-1070: systems.bus." + key + " holds a secret itself\n"
        + "   write \"secret:env:NAME\" or \"secret:file:PATH\": references are never printed and never recorded";
  }

  @Test
  void aSecretThatIsTypedIsRefusedSinceItWouldBeRecorded() {
    system("bootstrap.servers = \"h:1\"");
    folder.with(Overrides.NONE.withSets(List.of("systems.bus.client.ssl.key.password=hunter2")));
    assertThat(folder.errors()).isEqualTo("""
        --set systems.bus.client.ssl.key.password  error SB-1071: systems.bus.client.ssl.key.password holds a secret \
        itself, and what is typed is recorded with the run
           write "secret:env:NAME" or "secret:file:PATH\"""");
    folder.with(Overrides.NONE.withSets(List.of("systems.bus.client.ssl.key.password=secret:env:PW")));
    assertThat(folder.load().systems().get("bus").kafka().orElseThrow().client())
        .containsEntry("ssl.key.password", "secret:env:PW");
    folder.with(Overrides.NONE
        .withEnvironment(Map.of("SAMZA_BATCH_SYSTEMS__BUS__CLIENT__SSL__KEY__PASSWORD", "hunter2")));
    assertThat(folder.errors()).contains("SB-1071").doesNotContain("hunter2");
    folder.job(JobFolder.jobWith("params { pw { type = string } }\n"
        + "systems { bus { type = kafka, bootstrap.servers = \"h:1\", client { ssl.key.password = \"{pw}\" } } }"));
    folder.with(Overrides.NONE.withParams(Map.of("pw", "hunter2")));
    assertThat(folder.errors()).contains("SB-1071").doesNotContain("hunter2");
  }

  @Test
  void whatOnlyLooksLikeAReferenceIsAnErrorThatDoesNotShowIt() {
    for (String wrong : new String[] {"secret:hunter2", "secret:vault:hunter2", "secret:env:", "secret:file:"}) {
      system("bootstrap.servers = \"h:1\", client { ssl.key.password = \"" + wrong + "\" }");
      assertThat(firstLines()).as(wrong).containsExactly(
          "job.conf:4:67  error SB-1071: systems.bus.client.ssl.key.password: this is no reference to a secret");
      assertThat(folder.errors()).doesNotContain("hunter2");
    }
  }

  @Test
  void fileOfASecretIsRelativeToTheJobFile() {
    folder.file("secrets/pw", "hunter2\n");
    String reference =
        kafka("bootstrap.servers = \"h:1\", client { ssl.key.password = \"secret:file:secrets/pw\" }").client()
            .get("ssl.key.password");
    assertThat(reference).isEqualTo("secret:file:" + folder.path("secrets/pw"));
    assertThat(Secrets.resolve(reference, Map.of())).isEqualTo("hunter2");
  }

  @Test
  void secretsAreResolvedLateAndMissingOnesAreNamed() {
    assertThat(Secrets.resolve("secret:env:PW", Map.of("PW", "hunter2"))).isEqualTo("hunter2");
    assertThat(Secrets.resolve("plain", Map.of())).isEqualTo("plain");
    assertThatThrownBy(() -> Secrets.resolve("secret:env:PW", Map.of())).isInstanceOf(UserException.class)
        .hasMessageContaining("SB-1047").hasMessageContaining("secret:env:PW")
        .hasMessageContaining("the environment variable is not set");
    assertThatThrownBy(() -> Secrets.resolve("secret:file:/no/such/file", Map.of()))
        .isInstanceOf(UserException.class).hasMessageContaining("SB-1047").hasMessageContaining("/no/such/file");
  }

  @Test
  void linesInMessagesDoNotShowSecrets() {
    String[] lines = {
        "  client { ssl.key.password = hunter2, x = [y] }",
        "  \"ssl.key.password\" : \"hun\\\"ter2\", x = [y]",
        "sasl.jaas.config = \"X password=\\\"hunter2\\\";\"", "clientSecret=hunter2", "  password=\"hunter2\"",
        "sasl.jaas.config = \"\"\"X hunter2", "ssl { key.password = hunter2 }", "{ password = p@ss hunter2 }",
        "url = \"http://me:hunter2@host:1/x\""};
    for (String line : lines) {
      assertThat(SensitiveKeys.hidden(line)).as(line).hasSameSizeAs(line).doesNotContain("hunter", "ter2");
    }
    assertThat(SensitiveKeys.hidden(lines[0]))
        .isEqualTo("  client { ssl.key.password = *******, x = [y] }");
    for (String plain : new String[] {"password = \"secret:env:PW\"", "filter = \"secret = 1\"",
        "select = [\"password = 'x' as p\"]", "secrets { uri = \"x.csv\" }", "uri = \"file:///a/b@c\""}) {
      assertThat(SensitiveKeys.hidden(plain)).isEqualTo(plain);
    }
  }

  @Test
  void aSecretOnTheLineOfAMistakeIsNotShown() {
    system("bootstrap.servers = \"h:1\", client { ssl.key.password = hunter2, acks = 1 }");
    assertThat(folder.errors()).contains("SB-1079", "ssl.key.password = *******, acks = 1")
        .doesNotContain("hunter2");
    system("bootstrap.servers = \"h:1\", client { ssl.key.password = hunter2$ }");
    assertThat(folder.errors()).contains("SB-1004", "^ put quotes around the value").doesNotContain("hunter2");
  }
}
