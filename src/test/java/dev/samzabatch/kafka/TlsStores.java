package dev.samzabatch.kafka;

import dev.samzabatch.system.file.FileTree;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;

/** Self-signed keys of a broker and of a client, and for each side a store with the other's certificate. */
final class TlsStores implements Closeable {

  static final String PASSWORD = "store-password";

  private static final String TYPE = "PKCS12";
  private static final String ALIAS = "key";

  private final Path directory;

  /** Makes the stores; the client's certificate is one for this common name. */
  TlsStores(String client) throws IOException {
    directory = Files.createTempDirectory("kafka-tls");
    makeKey(brokerKeys(), "127.0.0.1", "-ext", "san=ip:127.0.0.1,dns:localhost");
    makeKey(clientKeys(), client);
    trust(clientTrust(), brokerKeys());
    trust(brokerTrust(), clientKeys());
  }

  Path brokerKeys() {
    return directory.resolve("broker-keys.p12");
  }

  Path brokerTrust() {
    return directory.resolve("broker-trust.p12");
  }

  Path clientKeys() {
    return directory.resolve("client-keys.p12");
  }

  Path clientTrust() {
    return directory.resolve("client-trust.p12");
  }

  /** Kafka's settings for a store, which are the same for brokers and clients. */
  static Map<String, String> keySettings(Path store) {
    return settings("ssl.keystore", store);
  }

  /** As {@link #keySettings}, for a store of certificates to trust. */
  static Map<String, String> trustSettings(Path store) {
    return settings("ssl.truststore", store);
  }

  private static Map<String, String> settings(String prefix, Path store) {
    return Map.of(prefix + ".location", store.toString(), prefix + ".password", PASSWORD, prefix + ".type", TYPE);
  }

  private static void makeKey(Path store, String name, String... more) throws IOException {
    ProcessBuilder keytool = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", ALIAS,
        "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650", "-dname", "CN=" + name,
        "-storetype", TYPE, "-storepass", PASSWORD, "-keystore", store.toString());
    keytool.command().addAll(List.of(more));
    Process process = keytool.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool made no key: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool made a key", e);
    }
  }

  private static void trust(Path store, Path keys) throws IOException {
    try {
      Certificate certificate =
          KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()).getCertificate(ALIAS);
      KeyStore trusted = KeyStore.getInstance(TYPE);
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, certificate);
      try (OutputStream out = Files.newOutputStream(store)) {
        trusted.store(out, PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot trust the certificate in " + keys, e);
    }
  }

  @Override
  public void close() throws IOException {
    FileTree.delete(directory);
  }
}
