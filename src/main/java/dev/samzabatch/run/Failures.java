package dev.samzabatch.run;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Turns whatever ended a run into an error that says who can do what about it. */
final class Failures {

  private Failures() {}

  /** The failure as a user is to see it; one that already is for users stays as it is. */
  static UserException of(Throwable failure) {
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    if (cause instanceof UserException user) {
      return user;
    }
    if (cause instanceof IOException && cause.getCause() instanceof UserException user) {
      return user;
    }
    if (cause instanceof OutOfMemoryError) {
      String hint = "give it more heap ($SAMZA_BATCH_HEAP=4g), or let steps group or join less at a time";
      return failure(ErrorKind.RESOURCES, "SB-5003", "the Java heap is full: " + cause.getMessage(), hint, cause);
    }
    if (cause instanceof IOException io) {
      String text = text(io);
      boolean full = text.toLowerCase(Locale.ROOT).matches("(?s).*(no space left|quota exceeded).*");
      String hint = full ? "free space on that disk" : "";
      return failure(ErrorKind.RESOURCES, full ? "SB-5004" : "SB-5005", text, hint, cause);
    }
    String hint = "this is our bug, not your job's: please report it with the run.log of this run";
    return failure(ErrorKind.INTERNAL, "SB-5000", "unexpected failure: " + cause, hint, cause);
  }

  /** What went wrong with a file in words; Java gives some of it by the class of the exception only. */
  static String text(IOException failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + reason(file);
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it is there already, and is something else";
    }
    return failure instanceof NoSuchFileException ? "it is not there" : failure.getClass().getSimpleName();
  }

  private static UserException failure(ErrorKind kind, String code, String message, String hint, Throwable cause) {
    return new UserException(kind, Problem.error(code, Place.none(), message, hint), cause);
  }
}
