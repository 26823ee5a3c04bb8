package dev.samzabatch.cli;

import dev.samzabatch.run.JobRunner;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Until all is {@link #told}, SIGINT and SIGTERM end the run at its next batch: the Java machine, which then answers
 * 130 or 143, waits until the run has released its lock, written its record and told about it. A second signal ends the
 * process at once.
 */
final class StopSignals {

  private final JobRunner runner;
  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop");

  StopSignals(JobRunner runner) {
    this.runner = runner;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Says that the run has ended and all is told. */
  void told() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, which the hook has been waiting for.
    }
  }

  private void stop() {
    haltAt("INT", ExitCode.INTERRUPTED);
    haltAt("TERM", ExitCode.TERMINATED);
    try {
      runner.stop();
      told.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the process at once when the signal comes. Java has no public class for signals but {@code sun.misc.Signal},
   * which the compiler warns of; where it is missing, a second signal is waited out like the first.
   */
  private static void haltAt(String signal, int exitCode) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      InvocationHandler halt = (proxy, method, args) -> {
        Runtime.getRuntime().halt(exitCode);
        return null;
      };
      Object handler = Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handlers}, halt);
      Object wanted = signals.getConstructor(String.class).newInstance(signal);
      signals.getMethod("handle", signals, handlers).invoke(null, wanted, handler);
    } catch (ReflectiveOperationException e) {
      // Without it the first signal still ends the run in good order.
    }
  }
}
