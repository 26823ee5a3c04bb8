package dev.samzabatch.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The faults that a test has armed, by {@link #arm} or, for a process of its own, by the system property
 * {@value #PROPERTY}:
 *
 * <pre>
 * faults = fault { "," fault }
 * fault  = POINT ":" ACTION [ ":" N ]       at the N-th time (from 1) that the point is reached; 1 when not said
 *        | POINT ":" ACTION ":" N "+"       at the N-th time and every time after it
 * ACTION = throw | halt | stall | enospc | eio | count
 * </pre>
 *
 * {@code halt} ends the process at once, as kill -9 does; {@code stall} waits until faults are disarmed; {@code count}
 * does nothing, for {@link #times}. Thread-safe.
 */
public final class Faults {

  /** The system property that arms faults when the program starts. */
  public static final String PROPERTY = "samza-batch.faults";

  private static final int HALTED = 137;

  private static volatile List<Fault> armed = parse(System.getProperty(PROPERTY, ""));

  private Faults() {}

  /** What a fault does. */
  private enum Action {
    THROW,
    HALT,
    STALL,
    ENOSPC,
    EIO,
    COUNT
  }

  private record Fault(
      FaultPoint point, Action action, int time, boolean onwards, AtomicInteger reached, CountDownLatch disarmed) {}

  /**
   * Arms these faults in place of those before; none disarms, and lets go who stalls.
   *
   * @throws IllegalArgumentException when the text is not of the form above
   */
  public static void arm(String faults) {
    List<Fault> before = armed;
    armed = parse(faults);
    before.forEach(f -> f.disarmed().countDown());
  }

  private static List<Fault> parse(String text) {
    List<Fault> faults = new ArrayList<>();
    for (String one : text.isBlank() ? new String[0] : text.split(",")) {
      String[] parts = one.strip().split(":");
      if (parts.length < 2 || parts.length > 3) {
        throw new IllegalArgumentException("no fault: " + one);
      }
      String time = parts.length == 3 ? parts[2] : "1";
      boolean onwards = time.endsWith("+");
      int number = Integer.parseInt(onwards ? time.substring(0, time.length() - 1) : time);
      Action action = Action.valueOf(parts[1].toUpperCase(Locale.ROOT));
      faults.add(
          new Fault(FaultPoint.valueOf(parts[0]), action, number, onwards, new AtomicInteger(), new CountDownLatch(1)));
    }
    return List.copyOf(faults);
  }

  /** How often a point has been reached since a fault was armed there; 0 where none is. */
  public static int times(FaultPoint point) {
    return armed.stream().filter(f -> f.point() == point).mapToInt(f -> f.reached().get()).max().orElse(0);
  }

  static void reached(FaultPoint point) throws IOException {
    List<Fault> faults = armed;
    if (!faults.isEmpty()) {
      for (Fault fault : faults) {
        if (fault.point() == point) {
          int time = fault.reached().incrementAndGet();
          if (time == fault.time() || fault.onwards() && time > fault.time()) {
            fire(fault);
          }
        }
      }
    }
  }

  private static void fire(Fault fault) throws IOException {
    switch (fault.action()) {
      case THROW -> throw new IOException("injected fault at " + fault.point());
      case ENOSPC -> throw new IOException("No space left on device (injected at " + fault.point() + ")");
      case EIO -> throw new IOException("Input/output error (injected at " + fault.point() + ")");
      case COUNT -> {
      }
      case HALT -> Runtime.getRuntime().halt(HALTED);
      case STALL -> {
        try {
          fault.disarmed().await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while stalled at " + fault.point(), e);
        }
      }
    }
  }
}
