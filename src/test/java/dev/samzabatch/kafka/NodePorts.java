package dev.samzabatch.kafka;

import java.io.IOException;

/**
 * Where one node listens, always on 127.0.0.1.
 *
 * @param client the listener that tests and jobs use
 * @param internal for the other nodes and for the test kit itself: plain, never behind a proxy
 * @param controller for the metadata quorum
 * @param tls for clients with a certificate; only secure clusters listen there
 */
record NodePorts(int client, int internal, int controller, int tls) {

  static NodePorts free() throws IOException {
    return new NodePorts(FreePorts.next(), FreePorts.next(), FreePorts.next(), FreePorts.next());
  }
}
