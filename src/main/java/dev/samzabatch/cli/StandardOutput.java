package dev.samzabatch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** Standard output for rows: unlike {@link System#out} it tells when it cannot be written, as on a full disk. */
final class StandardOutput {

  private static final PrintStream OF_THE_PROCESS = System.out;

  private StandardOutput() {}

  /** The process's standard output, not to be closed; what stands in for it where somebody has replaced it. */
  static OutputStream stream() {
    return System.out == OF_THE_PROCESS ? new FileOutputStream(FileDescriptor.out) : System.out;
  }
}
