package dev.samzabatch.run;

import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * Run ids: {@code yyyyMMdd-HHmmss-xxxxxxxx}, the start in UTC and 32 random bits; unique, sortable, valid in any name.
 */
public final class RunIds {

  private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");
  private static final Pattern FORM = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{8}");

  private static final SecureRandom RANDOM = new SecureRandom();

  private RunIds() {}

  /** A new id for a run that starts at this time. */
  public static String next(ZonedDateTime start) {
    return START.format(start.withZoneSameInstant(ZoneOffset.UTC)) + "-" + String.format("%08x", RANDOM.nextInt());
  }

  /** Whether the text has the form of a run id. */
  public static boolean isRunId(String text) {
    return FORM.matcher(text).matches();
  }
}
