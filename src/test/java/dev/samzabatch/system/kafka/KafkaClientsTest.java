package dev.samzabatch.system.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.UserException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {

  private static KafkaClients clients(Map<String, String> client) {
    return TopicReads.clients("127.0.0.1:1", Duration.ofSeconds(2), client);
  }

  @Test
  void aPropertyThatNoClientHasIsNamedWithTheNearestOne() {
    assertThatThrownBy(() -> clients(Map.of("secuirty.protocol", "SSL"))).isInstanceOf(UserException.class)
        .hasMessageContaining("SB-4304").hasMessageContaining("systems.bus.client.secuirty.protocol")
        .hasMessageContaining("did you mean \"security.protocol\"?");
  }

  @Test
  void aPropertyWithAnImpossibleValueIsNamedAndSecretsAreNot() {
    try (KafkaClients clients = clients(Map.of("security.protocol", "secret:env:SECRET"))) {
      assertThatThrownBy(() -> clients.consumer("read", true)).isInstanceOfSatisfying(UserException.class, e -> {
        assertThat(e.kind()).isEqualTo(ErrorKind.USER);
        assertThat(e.getMessage()).contains("SB-4304", "security.protocol", "secret:env:SECRET")
            .doesNotContain("hush-hush");
      });
    }
  }

  @Test
  void aSecretThatIsNotThereIsAskedForWhenAClientIsMade() {
    try (KafkaClients clients = clients(Map.of("sasl.jaas.config", "secret:env:NOT_SET"))) {
      assertThatThrownBy(() -> clients.consumer("read", true)).isInstanceOf(UserException.class)
          .hasMessageContaining("SB-1047").hasMessageContaining("secret:env:NOT_SET");
    }
  }

  @Test
  void whatCorrectnessHangsOnIsNotUpToTheJob() {
    Map<String, String> wishes = Map.of("isolation.level", "read_uncommitted", "enable.auto.commit", "true",
        "acks", "0", "enable.idempotence", "false", "group.id", "mine", "fetch.max.bytes", "1000000", "linger.ms", "7");
    try (KafkaClients clients = clients(wishes)) {
      clients.consumer("read", true).close();
      clients.producer("write", "tx-1", Duration.ofMinutes(1)).close(Duration.ZERO);
      clients.producer("write").close(Duration.ZERO);
      clients.admin();
    }
  }

  @Test
  void refusalsNameTheResourceAndTheOperation() {
    try (KafkaClients clients = clients(Map.of())) {
      UserException topic =
          clients.failure(new TopicAuthorizationException(Set.of("views")), Access.readTopic("views"));
      assertThat(topic.kind()).isEqualTo(ErrorKind.EXTERNAL);
      assertThat(topic.getMessage()).contains("SB-4303", "READ on topic views", "--operation READ --topic views");
      assertThat(clients.failure(GroupAuthorizationException.forGroupId("g"), Access.describeGroup("g")).getMessage())
          .contains("DESCRIBE on group g");
      assertThat(clients.failure(new SaslAuthenticationException("wrong password"), Access.listTopics()).getMessage())
          .contains("SB-4302", "wrong password", "systems.bus.client");
    }
  }
}
