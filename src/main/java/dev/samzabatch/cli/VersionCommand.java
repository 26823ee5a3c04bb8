package dev.samzabatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code samza-batch version}: which build this is and which Java runs it. */
@Command(name = "version", mixinStandardHelpOptions = true,
    description = "Prints the version of samza-batch and of the Java that runs it.")
final class VersionCommand implements Runnable, CommandLine.IVersionProvider {
  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    String version = buildVersion();
    String java = System.getProperty("java.version");
    if (json) {
      out.printf("{\"version\":\"%s\",\"java\":\"%s\"}%n", version, java);
    } else {
      out.printf("samza-batch %s (Java %s)%n", version, java);
    }
    out.flush();
  }

  @Override
  public String[] getVersion() {
    return new String[] {"samza-batch " + buildVersion()};
  }

  private static String buildVersion() {
    Properties properties = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
