package dev.samzabatch.kafka;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema registry in memory, of what clients ask for to read and write records: schemas by their numbers, and
 * registering them under subjects. It can be told to fail. Thread-safe.
 */
public final class RegistryServer implements AutoCloseable {

  private static final Pattern BY_ID = Pattern.compile("GET /schemas/ids/([0-9]+)(\\?format=resolved)?");
  private static final Pattern REGISTER = Pattern.compile("POST /subjects/([^/]+)/versions");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<Integer, Map<String, Object>> schemas = new LinkedHashMap<>();
  private final Map<Integer, String> resolved = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String login = "";
  private int failures;
  private Answer failure = new Answer(500, "");
  private boolean silent;

  /** A status and a body. */
  private record Answer(int status, String body) {}

  private RegistryServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts an empty registry on a port of its own. */
  public static RegistryServer start() throws IOException {
    return new RegistryServer();
  }

  /** Its root, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Keeps a schema and returns its number; one that is there already keeps its own. */
  public synchronized int register(String schema) {
    return add(Map.of("schema", schema));
  }

  /** Keeps an answer to who asks for a schema, and returns its number. */
  public synchronized int add(Map<String, Object> answer) {
    for (Map.Entry<Integer, Map<String, Object>> entry : schemas.entrySet()) {
      if (entry.getValue().equals(answer)) {
        return entry.getKey();
      }
    }
    schemas.put(schemas.size() + 1, answer);
    return schemas.size();
  }

  /** The schema of this number. */
  public synchronized String schema(int id) {
    return (String) schemas.get(id).get("schema");
  }

  /** What who asks for the schema of this number with all that it refers to gets. */
  public synchronized void resolve(int id, String schema) {
    resolved.put(id, schema);
  }

  /** Lets in nobody but this user from now on. */
  public synchronized void requireLogin(String user, String password) {
    String plain = user + ":" + password;
    login = "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes no schema for this subject any more: none is compatible. */
  public synchronized void refuse(String subject) {
    refused.add(subject);
  }

  /** Answers the next requests, so many, with this status and body. */
  public synchronized void failNext(int requestCount, int status, String body) {
    failures = requestCount;
    failure = new Answer(status, body);
  }

  /** Answers nothing any more. */
  public synchronized void fallSilent() {
    silent = true;
  }

  /** What was asked for, as {@code GET /schemas/ids/1}. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      awaitIfSilent();
      Answer answer = answer(request, body, authorization);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void awaitIfSilent() throws IOException {
    boolean waits;
    synchronized (this) {
      waits = silent;
    }
    try {
      if (waits) {
        closed.await();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private synchronized Answer answer(String request, String body, String authorization) throws IOException {
    requests.add(request);
    if (failures > 0) {
      failures--;
      return failure;
    }
    if (!login.isEmpty() && !login.equals(authorization)) {
      return error(401, 401, "Unauthorized");
    }
    Matcher byId = BY_ID.matcher(request);
    if (byId.matches()) {
      return byId(Integer.parseInt(byId.group(1)), byId.group(2) != null);
    }
    Matcher register = REGISTER.matcher(request);
    if (register.matches()) {
      String subject = URLDecoder.decode(register.group(1), StandardCharsets.UTF_8);
      return refused.contains(subject)
          ? error(409, 409, "Schema being registered is incompatible with an earlier schema")
          : json(200, Map.of("id", register((String) JSON.std.mapFrom(body).get("schema"))));
    }
    return new Answer(404, "<html>not here</html>");
  }

  private Answer byId(int id, boolean whole) throws IOException {
    if (!schemas.containsKey(id)) {
      return error(404, 40403, "Schema " + id + " not found");
    }
    return json(200, whole && resolved.containsKey(id) ? Map.of("schema", resolved.get(id)) : schemas.get(id));
  }

  private static Answer error(int status, int code, String message) throws IOException {
    return json(status, Map.of("error_code", code, "message", message));
  }

  private static Answer json(int status, Map<String, Object> object) throws IOException {
    return new Answer(status, JSON.std.asString(object));
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
