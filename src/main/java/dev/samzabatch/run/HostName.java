package dev.samzabatch.run;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this host, for people. */
final class HostName {

  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** The variable {@code HOSTNAME}, else what the system says; asks no name server where it can be helped. */
  static String own() {
    String variable = System.getenv().getOrDefault("HOSTNAME", "");
    if (!variable.isEmpty()) {
      return variable;
    }
    try {
      return Files.exists(KERNEL) ? Files.readString(KERNEL).strip() : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
