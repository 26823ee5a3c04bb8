package dev.samzabatch.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on which nobody listens. They lie below those which the system gives to outgoing connections: a client that
 * keeps trying to reach a dead broker could otherwise be given the broker's own port, connect to itself, and keep the
 * broker from coming back.
 */
final class FreePorts {

  private static final int FIRST = 12_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 1_000;

  private FreePorts() {}

  static InetAddress host() {
    return InetAddress.getLoopbackAddress();
  }

  static int next() throws IOException {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    }
  }

  /** A socket that listens on such a port. */
  static ServerSocket listen() throws IOException {
    IOException last = new IOException("no attempt");
    for (int i = 0; i < ATTEMPTS; i++) {
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(host(), ThreadLocalRandom.current().nextInt(FIRST, LAST)));
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw new IOException("no free port between " + FIRST + " and " + LAST, last);
  }
}
