package dev.samzabatch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SchemaTextTest {

  @Example
  void everyTypeIsRead() {
    String text =
        "a boolean, b int, c long, d float, e double, f decimal(15,2), g string, h bytes, i date, j time, k timestamp, "
            + "l array<string>, m map<string,long>, n row<lat double, lon double null>";
    Schema schema = SchemaText.parse(text);
    assertThat(schema.toString()).isEqualTo(text);
    assertThat(schema.fields()).noneMatch(Field::nullable);
    assertThat(schema.field(5)).isEqualTo(Field.required("f", new DecimalType(15, 2)));
    assertThat(schema.field(12)).isEqualTo(Field.required("m", new MapType(ScalarType.STRING, ScalarType.LONG, false)));
  }

  @Example
  void whatMayBeNullSaysSo() {
    assertThat(SchemaText.parse("a string null, b array<long null> null, c map<string,long null>")).isEqualTo(Schema.of(
        Field.optional("a", ScalarType.STRING), Field.optional("b", new ArrayType(ScalarType.LONG, true)),
        Field.required("c", new MapType(ScalarType.STRING, ScalarType.LONG, true))));
  }

  @Example
  void blanksAndCapitalsDoNotMatter() {
    assertThat(SchemaText.parse("  A  LONG\n NULL ,b DECIMAL ( 5 ),\tc array < row<x INT null> null >"))
        .hasToString("A long null, b decimal(5,0), c array<row<x int null> null>");
  }

  @Example
  void namesMayStandInBackTicks() {
    assertThat(SchemaText.parse("`a b` long, `c``d` long, null long, größe int, `,` int").names())
        .containsExactly("a b", "c`d", "null", "größe", ",");
  }

  @Example
  void mistakesAreTold() {
    mistake("", 0, 1, "expected a column name, found the end");
    mistake("a", 1, 1, "column \"a\" has no type");
    mistake("a, b long", 1, 1, "column \"a\" has no type");
    mistake("a long,", 7, 1, "expected a column name, found the end");
    mistake("a lng", 2, 3, "\"lng\" is no type");
    mistake("a long b int", 7, 1, "expected \",\" or the end, found \"b\"");
    mistake("a long, b int, a date", 15, 1, "two columns are named \"a\"");
    mistake("max-speed long", 3, 1, "expected the type of column \"max\", found \"-\"");
    mistake("a decimal", 2, 7, "decimal needs its number of digits");
    mistake("a decimal(39,2)", 2, 13, "decimal(39,2) is out of range");
    mistake("a decimal(5,6)", 2, 12, "decimal(5,6) is out of range");
    mistake("a decimal(0)", 2, 10, "decimal(0) is out of range");
    mistake("a decimal(5,99999999999)", 2, 22, "decimal(5,99999999999) is out of range");
    mistake("a decimal(x)", 10, 1, "expected a number of digits, found \"x\"");
    mistake("a decimal(5", 11, 1, "expected \")\", found the end");
    mistake("a array", 7, 1, "expected \"<\", found the end");
    mistake("a array<long", 12, 1, "expected \">\", found the end");
    mistake("a array<>", 8, 1, "expected a type, found \">\"");
    mistake("a map<long>", 10, 1, "expected \",\", found \">\"");
    mistake("a map<string null,long>", 12, 5, "the keys of a map are never null");
    mistake("a map<array<int>,long>", 6, 10, "the keys of a map cannot be array<int>");
    mistake("a row<>", 6, 1, "expected a column name, found \">\"");
    mistake("`a long", 0, 1, "this back-tick has no partner");
    mistake("`` long", 0, 2, "a column needs a name");
    mistake("a " + "array<".repeat(100), 194, 1, "types are nested more than 32 deep");
    mistake("a " + "array<".repeat(100_000), 194, 1, "types are nested more than 32 deep");
  }

  @Example
  void typesOfOtherSystemsAreTranslated() {
    assertThat(failure("a bigint").hint()).startsWith("did you mean long?  types: boolean, int, ");
    assertThat(failure("a VARCHAR(10)").hint()).startsWith("did you mean string?");
    assertThat(failure("a timestmap").hint()).startsWith("did you mean timestamp?");
    assertThat(failure("a qqqqq").hint()).startsWith("types: boolean");
  }

  @Property
  void whatIsPrintedIsReadAgain(@ForAll("schemas") Schema schema) {
    assertThat(SchemaText.parse(schema.toString())).isEqualTo(schema);
  }

  @Property(tries = 2000)
  void anyTextIsASchemaOrAMistakeInsideTheText(@ForAll("texts") String text) {
    try {
      assertThat(SchemaText.parse(text).size()).isPositive();
    } catch (SchemaSyntaxException e) {
      assertThat(e.offset()).isBetween(0, text.length());
      assertThat(e.length()).isPositive();
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void mistake(String text, int offset, int length, String message) {
    SchemaSyntaxException failure = failure(text);
    assertThat(failure).as(text).hasMessage(message);
    assertThat(failure.offset()).as(text).isEqualTo(offset);
    assertThat(failure.length()).as(text).isEqualTo(length);
  }

  private static SchemaSyntaxException failure(String text) {
    return catchThrowableOfType(SchemaSyntaxException.class, () -> SchemaText.parse(text));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries
        .of("a", "b ", " long", "string", "null", " null", "decimal", "(", ")", ",", "5", "<", ">", "array<", "map<",
            "row<", "`", " ", "x-y", "é")
        .list().ofMaxSize(20).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Schema> schemas() {
    return fields(Arbitraries.lazyOf(SchemaTextTest::scalars, SchemaTextTest::scalars, SchemaTextTest::decimals,
        SchemaTextTest::nested));
  }

  private static Arbitrary<DataType> scalars() {
    return Arbitraries.of(ScalarType.values()).map(type -> type);
  }

  private static Arbitrary<DataType> decimals() {
    return Combinators.combine(Arbitraries.integers().between(1, 38), Arbitraries.integers().between(0, 38))
        .as((precision, scale) -> new DecimalType(precision, Math.min(precision, scale)));
  }

  private static Arbitrary<DataType> nested() {
    Arbitrary<DataType> inner = Arbitraries.oneOf(scalars(), decimals());
    Arbitrary<Boolean> nulls = Arbitraries.of(true, false);
    Arbitrary<DataType> arrays = Combinators.combine(inner, nulls).as(ArrayType::new);
    Arbitrary<DataType> maps = Combinators.combine(scalars(), arrays, nulls).as(MapType::new);
    return Arbitraries.oneOf(arrays, maps, fields(maps).map(RowType::new));
  }

  private static Arbitrary<Schema> fields(Arbitrary<DataType> types) {
    Arbitrary<String> names = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(6);
    return Combinators.combine(names, types, Arbitraries.of(true, false)).as(Field::new).list().ofMinSize(1)
        .ofMaxSize(5)
        .map(SchemaTextTest::distinct);
  }

  private static Schema distinct(List<Field> fields) {
    Map<String, Field> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    return new Schema(new ArrayList<>(byName.values()));
  }
}
