package dev.samzabatch.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What libraries log: nothing, or with {@code -v} warnings on standard error. Found by the logging library as a
 * service, which starts faster than a configuration file; a file named with {@code -Dlogback.configurationFile} goes
 * before it.
 */
@ConfiguratorRank(-5)
public final class LibraryLog extends ContextAwareBase implements Configurator {

  private static final String VERBOSE = "samzabatch.verbose";

  /** Warns of every try to reach a broker that is away; runs tell that themselves when it takes too long. */
  private static final String TALKATIVE = "org.apache.kafka.clients.NetworkClient";

  /** For the logging library. */
  public LibraryLog() {}

  /** Lets libraries warn; works only before the first of them logs. */
  static void showWarnings() {
    System.setProperty(VERBOSE, "true");
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Boolean.getBoolean(VERBOSE) ? Level.WARN : Level.OFF);
    if (Boolean.getBoolean(VERBOSE)) {
      root.addAppender(standardError(context));
      context.getLogger(TALKATIVE).setLevel(Level.ERROR);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%-5level %logger - %msg%n");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
