package dev.samzabatch.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One node where clients log in with a password over TLS (SASL_SSL with SCRAM-SHA-512 or PLAIN) or with a certificate
 * (SSL), and may do only what ACLs allow them; {@link #ADMIN} may do everything. The settings given for clients are
 * whole: those of Kafka's own clients, {@code bootstrap.servers} included.
 */
public final class SecureKafkaCluster implements Closeable {

  /** The user who needs no ACL. */
  public static final String ADMIN = "admin";

  /** The password of {@link #ADMIN}. */
  public static final String ADMIN_PASSWORD = "admin-password";

  /** The user to whom the client's certificate belongs. */
  public static final String CERTIFIED = "certified";

  /** The password of all key and trust stores. */
  public static final String STORE_PASSWORD = TlsStores.PASSWORD;

  private final TlsStores stores;
  private final KafkaCluster cluster;

  /** Starts the node; each of these users has the given password with either mechanism. */
  SecureKafkaCluster(Map<String, String> users) throws IOException {
    stores = new TlsStores(CERTIFIED);
    Map<String, String> passwords = new TreeMap<>(users);
    passwords.put(ADMIN, ADMIN_PASSWORD);
    List<String> scram = passwords.entrySet().stream()
        .map(user -> "SCRAM-SHA-512=[name=" + user.getKey() + ",password=" + user.getValue() + "]").toList();
    try {
      cluster = KafkaCluster.start(new ClusterPlan(1, false, scram, own -> settings(own, passwords)));
    } catch (IOException | RuntimeException | Error e) {
      stores.close();
      throw e;
    }
  }

  private Map<String, String> settings(NodePorts own, Map<String, String> passwords) {
    String tls = "," + NodeSettings.TLS + "://127.0.0.1:" + own.tls();
    Map<String, String> settings = new HashMap<>();
    settings.put("listeners", NodeSettings.listeners(own) + tls);
    settings.put("advertised.listeners", NodeSettings.advertised(own, own.client()) + tls);
    settings.put("listener.security.protocol.map",
        "CLIENT:SASL_SSL,TLS:SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
    settings.put("listener.name.client.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("listener.name.client.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required" + passwords.entrySet().stream()
            .map(user -> " user_" + user.getKey() + "=\"" + user.getValue() + "\"").collect(Collectors.joining())
            + ";");
    settings.putAll(TlsStores.keySettings(stores.brokerKeys()));
    settings.putAll(TlsStores.trustSettings(stores.brokerTrust()));
    settings.put("listener.name.tls.ssl.client.auth", "required");
    settings.put("ssl.principal.mapping.rules", "RULE:^CN=(.*)$/$1/");
    settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    return settings;
  }

  /** The cluster behind the security: its topics, and its node to kill. */
  public KafkaCluster cluster() {
    return cluster;
  }

  /** What a test does with the topics; needs no login and no ACL. */
  public Topics topics() {
    return cluster.topics();
  }

  /** Client settings to log in with a password, by SCRAM-SHA-512. */
  public Map<String, String> scram(String user, String password) {
    return login("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule", user, password);
  }

  /** Client settings to log in with a password, by PLAIN. */
  public Map<String, String> plain(String user, String password) {
    return login("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule", user, password);
  }

  /** Client settings to log in with the certificate of {@link #CERTIFIED}. */
  public Map<String, String> certified() {
    Map<String, String> settings = new TreeMap<>(TlsStores.trustSettings(trustStore()));
    settings.putAll(TlsStores.keySettings(keyStore()));
    settings.put("bootstrap.servers", "127.0.0.1:" + cluster.ports(0).tls());
    settings.put("security.protocol", "SSL");
    return settings;
  }

  private Map<String, String> login(String mechanism, String module, String user, String password) {
    Map<String, String> settings = new TreeMap<>(TlsStores.trustSettings(trustStore()));
    settings.put("bootstrap.servers", cluster.bootstrap());
    settings.put("security.protocol", "SASL_SSL");
    settings.put("sasl.mechanism", mechanism);
    settings.put("sasl.jaas.config",
        module + " required username=\"" + user + "\" password=\"" + password + "\";");
    return settings;
  }

  /** The store in which clients find the broker's certificate. */
  public Path trustStore() {
    return stores.clientTrust();
  }

  /** The store with the key and the certificate of {@link #CERTIFIED}. */
  public Path keyStore() {
    return stores.clientKeys();
  }

  /** The ACL that allows a user, from everywhere, one operation on the resource of exactly this name. */
  public static AclBinding acl(String user, ResourceType type, String name, AclOperation operation) {
    return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
  }

  /** Adds these ACLs and waits until the broker obeys them. */
  public void allow(AclBinding... acls) {
    Topics.get(topics().admin().createAcls(List.of(acls)).all());
    for (AclBinding acl : acls) {
      awaitPresence(acl, true);
    }
  }

  /** Takes these ACLs away and waits until the broker obeys. */
  public void revoke(AclBinding... acls) {
    List<AclBindingFilter> filters = List.of(acls).stream().map(AclBinding::toFilter).toList();
    Topics.get(topics().admin().deleteAcls(filters).all());
    for (AclBinding acl : acls) {
      awaitPresence(acl, false);
    }
  }

  private void awaitPresence(AclBinding acl, boolean present) {
    Await.until(acl + (present ? " is there" : " is gone"), Duration.ofSeconds(30),
        () -> Topics.get(topics().admin().describeAcls(acl.toFilter()).values()).isEmpty() != present);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    stores.close();
  }
}
