package dev.samzabatch.system.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.UserException;
import dev.samzabatch.kafka.RegistryServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {

  private RegistryServer server;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = RegistryServer.start();
    registry = new SchemaRegistry(server.url() + "/", "", "");
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** A registry of less patience. */
  private static SchemaRegistry hasty(String url) {
    return new SchemaRegistry(url, "", "", Duration.ofMillis(400));
  }

  private static UserException failure(ThrowingCallable call) {
    return catchThrowableOfType(UserException.class, call);
  }

  private static void assertFails(ThrowingCallable call, ErrorKind kind, String... parts) {
    UserException failure = failure(call);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContainingAll(parts);
  }

  @Test
  void aSchemaIsAskedForOnce() throws IOException {
    int id = server.register("\"long\"");
    assertThat(registry.byId(id)).isEqualTo("\"long\"");
    assertThat(registry.byId(id)).isEqualTo("\"long\"");
    assertThat(server.requests()).containsExactly("GET /schemas/ids/1");
  }

  @Test
  void aSchemaIsRegisteredOnceForEachSubject() throws IOException {
    assertThat(registry.idOf("a topic/1-value", "\"long\"")).isEqualTo(1);
    assertThat(registry.idOf("a topic/1-value", "\"long\"")).isEqualTo(1);
    assertThat(registry.idOf("a topic/1-value", "\"int\"")).isEqualTo(2);
    assertThat(registry.idOf("other", "\"int\"")).isEqualTo(2);
    assertThat(server.schema(2)).isEqualTo("\"int\"");
    assertThat(server.requests()).containsExactly("POST /subjects/a%20topic%2F1-value/versions",
        "POST /subjects/a%20topic%2F1-value/versions", "POST /subjects/other/versions");
  }

  @Test
  void aNumberThatIsNotKnownIsTheRecordsFault() {
    assertFails(() -> registry.byId(9), ErrorKind.USER,
        "SB-4363: the schema registry " + server.url() + " knows no schema of the number 9");
  }

  @Test
  void whatIsNotAvroCannotBeUsed() {
    int id = server.add(Map.of("schema", "syntax", "schemaType", "PROTOBUF"));
    assertFails(() -> registry.byId(id), ErrorKind.USER, "SB-4363", "is PROTOBUF and not AVRO");
  }

  @Test
  void aSchemaThatRefersToOthersIsAskedForAsAWhole() throws IOException {
    int id = server.add(Map.of("schema", "\"Other\"", "references", List.of(Map.of("name", "Other"))));
    assertFails(() -> registry.byId(id), ErrorKind.USER, "SB-4363", "refers to others");
    server.resolve(id, "{\"whole\":1}");
    assertThat(registry.byId(id)).isEqualTo("{\"whole\":1}");
  }

  @Test
  void aRefusedSchemaIsToldWithTheReason() {
    server.refuse("t-value");
    assertFails(() -> registry.idOf("t-value", "\"long\""), ErrorKind.USER, "SB-4364",
        "under t-value, since it does not go together with the one before: Schema being registered is incompatible");
    server.failNext(1, 422, "{\"error_code\":42201,\"message\":\"Input schema is invalid\"}");
    assertFails(() -> registry.idOf("u", "{"), ErrorKind.USER, "SB-4364", "under u: Input schema is invalid");
  }

  @Test
  void theUserIsLetInAndThePasswordNotShown() throws IOException {
    int id = server.register("\"long\"");
    server.requireLogin("me", "pass:ä");
    assertThat(new SchemaRegistry(server.url(), "me", "pass:ä").byId(id)).isEqualTo("\"long\"");
    assertFails(() -> registry.byId(id), ErrorKind.EXTERNAL, "SB-4362",
        "does not let us in without a user: status 401");
    SchemaRegistry wrong = new SchemaRegistry(server.url(), "me", "wrong-one");
    assertFails(() -> wrong.byId(id), ErrorKind.EXTERNAL, "SB-4362", "with the user and password that are given");
    assertThat(failure(() -> wrong.byId(id))).message().doesNotContain("wrong-one");
  }

  @Test
  void troubleThatPassesIsWaitedFor() throws IOException {
    int id = server.register("\"long\"");
    server.failNext(2, 503, "");
    assertThat(registry.byId(id)).isEqualTo("\"long\"");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void troubleThatDoesNotPassIsTold() {
    server.failNext(1000, 500, "{\"error_code\":50001,\"message\":\"the store is down\"}");
    assertFails(() -> hasty(server.url()).byId(1), ErrorKind.EXTERNAL, "SB-4365", server.url(),
        "with status 500: the store is down");
    assertThat(server.requests()).hasSizeGreaterThan(1);
  }

  @Test
  void aRegistryThatDoesNotAnswerIsNamed() {
    server.fallSilent();
    assertFails(() -> hasty(server.url()).byId(1), ErrorKind.EXTERNAL,
        "SB-4361: the schema registry " + server.url() + " has not answered within ");
    server.close();
    assertFails(() -> hasty(server.url()).byId(1), ErrorKind.EXTERNAL, "SB-4361", server.url());
  }

  @Test
  void whatIsNoRegistryIsToldApart() {
    SchemaRegistry elsewhere = new SchemaRegistry(server.url() + "/elsewhere", "", "");
    assertFails(() -> elsewhere.byId(1), ErrorKind.EXTERNAL, "SB-4366", "as no registry does: status 404");
    server.failNext(1, 200, "<html>");
    assertFails(() -> registry.byId(1), ErrorKind.EXTERNAL, "SB-4366", "the answer has no schema");
    server.failNext(1, 200, "{}");
    assertFails(() -> registry.idOf("s", "\"long\""), ErrorKind.EXTERNAL, "SB-4366", "the answer has no id");
    server.failNext(1, 302, "");
    assertFails(() -> registry.byId(1), ErrorKind.EXTERNAL, "SB-4366", "status 302");
  }

  @Test
  void aUrlIsOneOfARegistryAndHasNoPassword() {
    for (String url : List.of("registry:8081", "ftp://registry", "http://me:secret@registry", "http:///x", "no url")) {
      assertFails(() -> new SchemaRegistry(url, "", ""), ErrorKind.USER, "SB-4360");
      assertThat(failure(() -> new SchemaRegistry(url, "", ""))).message().doesNotContain("secret@");
    }
  }

  @Test
  void whoIsInterruptedDoesNotWait() {
    server.fallSilent();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
