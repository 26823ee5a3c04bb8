package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What we read and refuse, against Jackson; see {@link JsonOracle} for what is meant to differ. */
class JsonDifferentialTest {

  /** Everything can be read as a string, so with these columns only what is no JSON is refused. */
  private static final Schema STRINGS = SchemaText.parse(
      "a string null, `a long key of more than sixteen bytes` string null, `ü` string null, `quo\"te` string null, "
          + "c string null");

  @Property(tries = 500)
  void everyValidObjectGivesTheValuesThatJacksonGives(@ForAll long seed) {
    RandomJson json = new RandomJson(new Random(seed));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<Map<String, Object>> expected = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      byte[] line = json.object();
      expected.add(JsonOracle.read(line).orElseThrow());
      file.writeBytes(line);
      file.write('\n');
    }
    assertSame(JsonFiles.read(new MemoryFile("in.json", file.toByteArray()), STRINGS, 64, 7), expected);
  }

  private static void assertSame(List<List<Object>> rows, List<Map<String, Object>> expected) {
    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      for (int c = 0; c < STRINGS.size(); c++) {
        Object theirs = expected.get(i).get(STRINGS.field(c).name());
        assertThat(comparable(rows.get(i).get(c), theirs)).isEqualTo(theirs);
      }
    }
  }

  /** A column of strings holds other values as JSON text, which is turned into what Jackson makes of it. */
  private static Object comparable(Object ours, Object theirs) {
    if (ours == null || theirs instanceof String) {
      return ours;
    }
    byte[] wrapped = ("{\"value\":" + ours + "}").getBytes(StandardCharsets.UTF_8);
    return JsonOracle.read(wrapped).orElseThrow().get("value");
  }

  @Property(tries = 5000)
  void everyLineThatJacksonRefusesIsRefusedWhicheverColumnsAreRead(@ForAll long seed) {
    Random random = new Random(seed);
    RandomJson json = new RandomJson(random);
    byte[] line = json.object();
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times && line.length > 0; i++) {
      line = json.damaged(line);
    }
    boolean blank = new String(line, StandardCharsets.ISO_8859_1).matches("[ \t\r]*");
    Optional<Map<String, Object>> theirs = blank ? Optional.of(Map.of()) : JsonOracle.read(line);
    for (List<Integer> columns : List.of(List.<Integer>of(), List.of(0, 3), List.of(0, 1, 2, 3, 4))) {
      ReadSpec spec = new ReadSpec(STRINGS, columns, 10);
      assertThat(isRead(line, spec)).as(new String(line, StandardCharsets.UTF_8)).isEqualTo(theirs.isPresent());
    }
  }

  private static boolean isRead(byte[] line, ReadSpec spec) {
    try {
      JsonFiles.read(new MemoryFile("in.json", line).whole(), spec, 1 << 12);
      return true;
    } catch (UserException e) {
      return false;
    }
  }

  @Property(tries = 500)
  void anArrayGivesTheValuesThatJacksonGives(@ForAll long seed) {
    Random random = new Random(seed);
    RandomJson json = new RandomJson(random);
    List<Map<String, Object>> expected = new ArrayList<>();
    StringBuilder array = new StringBuilder(random.nextBoolean() ? "\uFEFF [" : "\n[");
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      String object = new String(json.object(), StandardCharsets.UTF_8);
      expected.add(JsonOracle.read(object.getBytes(StandardCharsets.UTF_8)).orElseThrow());
      array.append(i == 0 ? "" : random.nextBoolean() ? "," : " ,\n").append(pretty(object, random));
    }
    array.append("]").append(random.nextBoolean() ? "\n \n" : "");
    MemoryFile file = MemoryFile.of("in.json", array.toString());
    int window = 1 + random.nextInt(200);
    assertSame(JsonFiles.read(file, STRINGS, window, 1 + random.nextInt(5)), expected);
  }

  /** The same object over several lines. */
  private static String pretty(String object, Random random) {
    StringBuilder out = new StringBuilder();
    boolean inString = false;
    boolean escaped = false;
    for (char c : object.toCharArray()) {
      inString ^= c == '"' && !escaped;
      escaped = c == '\\' && !escaped;
      out.append(c);
      if (!inString && "{}[],:".indexOf(c) >= 0 && random.nextInt(3) == 0) {
        out.append("\r\n  ");
      }
    }
    return out.toString();
  }

  @Property(tries = 5000)
  void aDamagedArrayIsRefused(@ForAll long seed) {
    Random random = new Random(seed);
    RandomJson json = new RandomJson(random);
    String whole = "[" + new String(json.object(), StandardCharsets.UTF_8) + ", "
        + new String(json.object(), StandardCharsets.UTF_8) + "]";
    byte[] array = json.damaged(whole.getBytes(StandardCharsets.UTF_8));
    byte[] wrapped =
        ("{\"array\":" + new String(array, StandardCharsets.ISO_8859_1) + "}").getBytes(StandardCharsets.ISO_8859_1);
    boolean isArray = new String(array, StandardCharsets.ISO_8859_1).matches("(?s)[ \t\r]*\\[.*");
    Optional<Map<String, Object>> theirs = isArray ? JsonOracle.read(wrapped) : JsonOracle.read(array);
    boolean blank = new String(array, StandardCharsets.ISO_8859_1).isBlank();
    boolean objects = blank || theirs.isPresent() && (!isArray || onlyObjects(theirs.get()));
    assertThat(isRead(array, JsonFiles.spec(STRINGS, 10))).as(new String(array, StandardCharsets.UTF_8))
        .isEqualTo(objects);
  }

  private static boolean onlyObjects(Map<String, Object> wrapped) {
    return wrapped.keySet().equals(Set.of("array"))
        && wrapped.get("array") instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
  }
}
