package dev.samzabatch.system.kafka;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.WriterSchemas;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schemas that a registry keeps, asked for over HTTP as Confluent's registry is, and those that speak its language
 * (Apicurio, Karapace, Redpanda). What was answered once is kept for good, since a number never gets another schema.
 *
 * <pre>
 * GET  {url}/schemas/ids/{id}               {"schema": "...", "schemaType": "AVRO" or nothing, "references": [...]}
 * POST {url}/subjects/{subject}/versions    {"schema": "..."}, answered by {"id": 7}
 * </pre>
 */
public final class SchemaRegistry implements WriterSchemas {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final RegistryCalls calls;
  private final Map<Integer, String> texts = new ConcurrentHashMap<>();
  private final Map<Registered, Integer> numbers = new ConcurrentHashMap<>();

  /** A schema under a subject. */
  private record Registered(String subject, String text) {}

  /**
   * A registry. Nothing is asked yet.
   *
   * @param url its root, with http or https
   * @param user for basic authentication; empty for none
   * @param password what it is, not a reference to it; empty for none
   * @throws dev.samzabatch.data.UserException when the url is none of a registry
   */
  public SchemaRegistry(String url, String user, String password) {
    this(url, user, password, TIMEOUT);
  }

  /** The same, with how long an answer may take before asking fails. */
  public SchemaRegistry(String url, String user, String password, Duration timeout) {
    calls = new RegistryCalls(url, user, password, timeout);
  }

  @Override
  public String byId(int id) throws IOException {
    String known = texts.get(id);
    if (known != null) {
      return known;
    }
    String text = fetch(id);
    texts.put(id, text);
    return text;
  }

  private String fetch(int id) throws IOException {
    String path = "/schemas/ids/" + id;
    RegistryAnswer answer = calls.get(path);
    if (answer.status() == NOT_FOUND && answer.errorCode() > 0) {
      throw calls.failure(ErrorKind.USER, "SB-4363", "knows no schema of the number " + id,
          "is it the registry of these records? If so, this record is not Avro, or comes from elsewhere");
    }
    calls.requireOk(answer, path);
    String type = answer.text("schemaType").orElse("AVRO");
    if (!type.equals("AVRO")) {
      throw calls.failure(ErrorKind.USER, "SB-4363", "has a schema of the number " + id + " that is " + type
          + " and not AVRO", "check the format of the input");
    }
    if (hasReferences(answer)) {
      // Registries that can, put the schemas that it refers to in their places.
      RegistryAnswer plain = answer;
      answer = calls.get(path + "?format=resolved");
      calls.requireOk(answer, path);
      if (answer.text("schema").equals(plain.text("schema"))) {
        throw unresolved(id);
      }
    }
    return answer.text("schema").orElseThrow(() -> calls.noRegistry(path, "the answer has no schema"));
  }

  private UserException unresolved(int id) {
    return calls.failure(ErrorKind.USER, "SB-4363",
        "has a schema of the number " + id + " that refers to others, and does not put them in their places",
        "use a registry that knows format=resolved, or register the schema as one text");
  }

  private static boolean hasReferences(RegistryAnswer answer) {
    return answer.object().get("references") instanceof List<?> references && !references.isEmpty();
  }

  @Override
  public int idOf(String subject, String schemaText) throws IOException {
    Registered asked = new Registered(subject, schemaText);
    Integer known = numbers.get(asked);
    if (known != null) {
      return known;
    }
    int number = register(asked);
    numbers.put(asked, number);
    return number;
  }

  private int register(Registered asked) throws IOException {
    String path = "/subjects/" + encoded(asked.subject()) + "/versions";
    RegistryAnswer answer = calls.post(path, JSON.std.asString(Map.of("schema", asked.text())));
    if (answer.status() == CONFLICT) {
      throw calls.failure(ErrorKind.USER, "SB-4364", "refuses the schema of the rows under " + asked.subject()
          + ", since it does not go together with the one before: " + answer.message(),
          "change the columns so that they do, write to another topic, or change the compatibility of this subject");
    }
    if (answer.status() == UNPROCESSABLE) {
      throw calls.failure(ErrorKind.USER, "SB-4364", "refuses the schema of the rows under " + asked.subject() + ": "
          + answer.message(), "change the columns so that it is taken");
    }
    calls.requireOk(answer, path);
    return answer.number("id").orElseThrow(() -> calls.noRegistry(path, "the answer has no id"));
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
