package dev.samzabatch.kafka;

import ch.qos.logback.classic.BasicConfigurator;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of one node: broker and controller. Its arguments are its directory, the cluster id and the SCRAM users;
 * its settings lie in {@link #SETTINGS}. It creates {@link #SERVING} once it serves, and ends when its standard input
 * does, which is when the process that started it is gone.
 */
final class NodeMain {

  static final String SETTINGS = "node.properties";
  static final String SERVING = "serving";

  private NodeMain() {}

  /** Serves until killed. A node that cannot start ends at once, although threads that it has begun do not. */
  public static void main(String[] args) {
    logWarnings();
    Thread watch = new Thread(NodeMain::endWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      serve(args);
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Formats the node's directory unless that was done before, and starts the node. */
  private static void serve(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    KafkaConfig config = new KafkaConfig(settings(directory.resolve(SETTINGS)));
    new Formatter()
        .setPrintStream(System.err)
        .setNodeId(config.nodeId())
        .setClusterId(args[1])
        .addDirectory(config.metadataLogDir())
        .setMetadataLogDirectory(config.metadataLogDir())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setControllerListenerName(NodeSettings.CONTROLLER)
        .setIgnoreFormatted(true)
        .setScramArguments(List.of(args).subList(2, args.length))
        .run();
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    server.startup();
    Files.createFile(directory.resolve(SERVING));
    server.awaitShutdown();
  }

  private static Properties settings(Path file) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
    }
    return settings;
  }

  /** Lets Kafka warn on standard output; the product's own configuration is silent. */
  private static void logWarnings() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    BasicConfigurator console = new BasicConfigurator();
    console.setContext(context);
    console.configure(context);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.ERROR);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent.
      }
    } catch (IOException e) {
      // The same as the end of the stream.
    }
    Runtime.getRuntime().halt(0);
  }
}
