package dev.samzabatch.system.kafka;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Asks a schema registry and waits for its answer. Who does not answer, or has trouble of its own (a status from 500
 * on, or 429), is asked again until the time is over. Messages name the url and never the password.
 */
final class RegistryCalls {

  private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long MAX_PAUSE_MILLIS = 2_000;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;

  private final String url;
  private final String authorization;
  private final Duration timeout;
  private final HttpClient client;

  RegistryCalls(String url, String user, String password, Duration timeout) {
    this.url = checked(url);
    this.timeout = timeout;
    authorization = user.isEmpty() ? ""
        : "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  private static String checked(String url) {
    try {
      URI uri = new URI(url);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return url.replaceFirst("/+$", "");
      }
    } catch (URISyntaxException e) {
      // Told below, without what is in the url: it may hold a password.
    }
    throw new UserException(Problem.error("SB-4360", Place.none(), "the url of a schema registry is not written like "
        + "http://host:8081 or https://host/path", "a user and a password are given by themselves, not in the url"));
  }

  RegistryAnswer get(String path) throws IOException {
    return answer(request(path).GET());
  }

  RegistryAnswer post(String path, String json) throws IOException {
    return answer(
        request(path).header("Content-Type", JSON_TYPE).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).header("Accept", JSON_TYPE);
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  private RegistryAnswer answer(HttpRequest.Builder request) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      boolean isLast = left <= pause;
      try {
        HttpRequest timed = request.timeout(Duration.ofMillis(Math.max(1, left))).build();
        HttpResponse<String> response = client.send(timed, HttpResponse.BodyHandlers.ofString());
        if (isLast || !isBusy(response.statusCode())) {
          return RegistryAnswer.of(response.statusCode(), response.body());
        }
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        throw interrupted();
      } catch (IOException e) {
        if (isLast) {
          throw unreachable(e);
        }
        sleep(pause);
      }
      pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
    }
  }

  private static boolean isBusy(int status) {
    return status >= 500 || status == TOO_MANY_REQUESTS;
  }

  private void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while the schema registry " + url + " was asked");
  }

  private UserException unreachable(IOException cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new UserException(ErrorKind.EXTERNAL, Problem.error("SB-4361", Place.none(),
        "the schema registry " + url + " has not answered within " + Quantities.duration(timeout) + ": " + why,
        "check that it runs and can be reached from here, and the url in the job file"), cause);
  }

  /** Refuses every answer but a good one. */
  void requireOk(RegistryAnswer answer, String path) {
    if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
      String who = authorization.isEmpty() ? "without a user" : "with the user and password that are given";
      throw failure(ErrorKind.EXTERNAL, "SB-4362",
          "does not let us in " + who + ": status " + answer.status() + " for " + path,
          "check the user and the password of the registry in the job file");
    }
    if (answer.status() != OK && answer.errorCode() == 0 && !isBusy(answer.status())) {
      throw noRegistry(path, "status " + answer.status());
    }
    if (answer.status() != OK) {
      throw failure(ErrorKind.EXTERNAL, "SB-4365",
          "has answered " + path + " with status " + answer.status() + ": " + answer.message(),
          "see its log; if it was only for now, resume the run");
    }
  }

  /** What answers does not speak as a registry does. */
  UserException noRegistry(String path, String why) {
    return failure(ErrorKind.EXTERNAL, "SB-4366", "has answered " + path + " as no registry does: " + why,
        "check the url in the job file; it may lack a path, as Apicurio's /apis/ccompat/v7");
  }

  /** A failure of the registry, which the message goes on about. */
  UserException failure(ErrorKind kind, String code, String does, String hint) {
    return new UserException(kind,
        Problem.error(code, Place.none(), "the schema registry " + url + " " + does, hint));
  }
}
