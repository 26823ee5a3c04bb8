package dev.samzabatch.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes between clients and one port of this machine, as long as it is told to. Thread-safe. */
public final class TcpProxy implements Closeable {

  private enum State {
    FLOWING, STALLED, CUT, CLOSED
  }

  private final int target;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private State state = State.FLOWING;

  /** Listens on a free port, and connects each client to the target port. */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    listener = FreePorts.listen();
    spawn("accept", this::accept);
  }

  /** The port where clients connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Cuts all connections; new ones are cut as soon as they are made. */
  public void cut() {
    enter(State.CUT);
    sockets.forEach(TcpProxy::close);
  }

  /** Leaves connections open, and lets new ones be made, but passes no byte on: they wait until {@link #restore}. */
  public void stall() {
    enter(State.STALLED);
  }

  /** Lets bytes flow again. */
  public void restore() {
    enter(State.FLOWING);
  }

  @Override
  public void close() throws IOException {
    enter(State.CLOSED);
    listener.close();
    sockets.forEach(TcpProxy::close);
  }

  private void enter(State next) {
    synchronized (lock) {
      state = next;
      lock.notifyAll();
    }
  }

  private void accept() {
    while (true) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private void connect(Socket client) {
    sockets.add(client);
    try {
      Socket server = new Socket(FreePorts.host(), target);
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      spawn("to-broker", () -> pass(client, server));
      spawn("to-client", () -> pass(server, client));
      if (isCut()) {
        close(server);
        close(client);
      }
    } catch (IOException e) {
      sockets.remove(client);
      close(client);
    }
  }

  /** Passes bytes one way until either side ends, and then ends both. */
  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try (from; to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        awaitFlow();
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The connection is over, which is what closing both sides tells.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void awaitFlow() throws IOException {
    synchronized (lock) {
      while (state == State.STALLED) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          throw new IOException("interrupted", e);
        }
      }
      if (state != State.FLOWING) {
        throw new IOException("cut");
      }
    }
  }

  private boolean isCut() {
    synchronized (lock) {
      return state == State.CUT || state == State.CLOSED;
    }
  }

  private void spawn(String what, Runnable work) {
    Thread thread = new Thread(work, "proxy-" + port() + "-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
