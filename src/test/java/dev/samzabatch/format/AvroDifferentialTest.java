package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.RandomBatches;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.generic.GenericRecord;

/** What we read and write, against Avro's own library. */
class AvroDifferentialTest {

  /** What Avro's schema resolution makes of one type when another is asked for. */
  private static final Map<org.apache.avro.Schema.Type, List<org.apache.avro.Schema.Type>> PROMOTIONS = Map.of(
      org.apache.avro.Schema.Type.INT, List.of(org.apache.avro.Schema.Type.LONG, org.apache.avro.Schema.Type.FLOAT,
          org.apache.avro.Schema.Type.DOUBLE),
      org.apache.avro.Schema.Type.LONG,
      List.of(org.apache.avro.Schema.Type.FLOAT, org.apache.avro.Schema.Type.DOUBLE),
      org.apache.avro.Schema.Type.FLOAT, List.of(org.apache.avro.Schema.Type.DOUBLE),
      org.apache.avro.Schema.Type.STRING, List.of(org.apache.avro.Schema.Type.BYTES));

  private static RecordFormat avro(org.apache.avro.Schema schema) {
    return RecordFormats.of(DataFormat.AVRO, DelimitedOptions.of(DataFormat.AVRO), Optional.empty(),
        Optional.of(schema.toString()));
  }

  @Property(tries = 2000)
  void recordsAreReadAsAvroReadsThem(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    RandomAvro avro = new RandomAvro(random);
    org.apache.avro.Schema writer = avro.record();
    RecordFormat format = avro(writer);
    Schema schema = format.infer(List.of(), Place.none());
    List<Integer> wanted = IntStream.range(0, schema.size()).filter(i -> random.nextInt(4) > 0).boxed().toList();
    ReadSpec spec = new ReadSpec(schema, wanted, 10);
    RecordDecoder decoder = format.decoder(spec);
    decoder.begin();
    List<List<Object>> expected = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      byte[] bytes = avro.encoded(writer, avro.value(writer));
      assertThat(Records.add(decoder, bytes)).isNull();
      expected.add(AvroOracle.row((GenericRecord) RandomAvro.decoded(writer, writer, bytes), spec.batchSchema()));
    }
    assertThat(Values.rows(decoder.batch())).isEqualTo(expected);
  }

  @Property(tries = 1000)
  void typesArePromotedAsAvroPromotesThem(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    RandomAvro avro = new RandomAvro(random);
    org.apache.avro.Schema writer = avro.record();
    List<org.apache.avro.Schema.Field> fields = new ArrayList<>();
    for (org.apache.avro.Schema.Field field : writer.getFields()) {
      List<org.apache.avro.Schema.Type> types = PROMOTIONS.get(field.schema().getType());
      boolean plain = types == null || field.schema().getLogicalType() != null;
      org.apache.avro.Schema type =
          plain ? field.schema() : org.apache.avro.Schema.create(types.get(random.nextInt(types.size())));
      fields.add(new org.apache.avro.Schema.Field(field.name(), type));
    }
    org.apache.avro.Schema reader = org.apache.avro.Schema.createRecord(writer.getName(), null, "x.y", false, fields);
    Schema schema = AvroTypes.columns(reader, Place.none());
    byte[] bytes = avro.encoded(writer, avro.value(writer));
    assertThat(Records.decoded(avro(writer), schema, List.of(bytes))).containsExactly(
        AvroOracle.row((GenericRecord) RandomAvro.decoded(writer, reader, bytes), schema));
  }

  /** The judge is a decoder that has seen nothing before. */
  @Property(tries = 2000)
  void whateverTheBytesAreARecordIsGoodOrLeavesNothingBehind(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    RandomAvro avro = new RandomAvro(random);
    org.apache.avro.Schema writer = avro.record();
    RecordFormat format = avro(writer);
    Schema schema = format.infer(List.of(), Place.none());
    RecordDecoder decoder = format.decoder(Records.all(schema));
    decoder.begin();
    List<List<Object>> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] bytes = avro.encoded(writer, avro.value(writer));
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes = random.nextBoolean() ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
        if (bytes.length > 0) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      RecordDecoder alone = format.decoder(Records.all(schema));
      alone.begin();
      RecordProblem problem = alone.add(bytes, 0, bytes.length);
      assertThat(Records.add(decoder, bytes)).isEqualTo(problem);
      expected.addAll(Values.rows(alone.batch()));
    }
    assertThat(Values.rows(decoder.batch())).isEqualTo(expected);
  }

  @Property(tries = 500)
  void recordsThatAreCutOffOrTooLongAreBad(@ForAll long seed) throws IOException {
    RandomAvro avro = new RandomAvro(new Random(seed));
    org.apache.avro.Schema writer = avro.record();
    byte[] bytes = avro.encoded(writer, avro.value(writer));
    RecordDecoder decoder = avro(writer).decoder(new ReadSpec(Schema.EMPTY, List.of(), 10));
    decoder.begin();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(Records.add(decoder, Arrays.copyOf(bytes, length))).extracting(RecordProblem::code)
          .isEqualTo("SB-3004");
    }
    assertThat(Records.add(decoder, Arrays.copyOf(bytes, bytes.length + 1))).isNotNull();
    assertThat(Records.add(decoder, bytes)).isNull();
  }

  @Property(tries = 1000)
  void whatWeWriteIsReadByAvroAndByUs(@ForAll long seed) throws IOException {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    Assume.that(!schema.toString().contains("map<long"));
    List<List<Object>> rows = random.rows(schema, 10);
    org.apache.avro.Schema written = AvroColumns.schema(schema, "a-topic-value");
    RecordFormat format = avro(written);
    assertThat(format.infer(List.of(), Place.none())).isEqualTo(schema);
    List<byte[]> values = Records.encoded(format, schema, rows);
    for (int i = 0; i < rows.size(); i++) {
      GenericRecord generic = (GenericRecord) RandomAvro.decoded(written, written, values.get(i));
      assertThat(AvroOracle.row(generic, schema)).isEqualTo(rows.get(i));
    }
    assertThat(Records.decoded(format, schema, values)).isEqualTo(rows);
  }

  /** Any two types either go together or are refused; nothing else comes of it. */
  @Property(tries = 1000)
  void columnsThatCannotBeAreRefused(@ForAll long seed) throws IOException {
    RandomAvro avro = new RandomAvro(new Random(seed));
    org.apache.avro.Schema writer = avro.record();
    List<Field> fields = new ArrayList<>();
    List<DataType> types = new RandomBatches(seed).schema().fields().stream().map(Field::type).toList();
    for (org.apache.avro.Schema.Field field : writer.getFields()) {
      int i = field.pos();
      fields.add(new Field(field.name(), i < types.size() ? types.get(i) : ScalarType.STRING, true));
    }
    try {
      RecordDecoder decoder = avro(writer).decoder(Records.all(new Schema(fields)));
      decoder.begin();
      for (int i = 0; i < 10; i++) {
        byte[] bytes = avro.encoded(writer, avro.value(writer));
        RecordProblem problem = Records.add(decoder, bytes);
        assertThat(problem == null || problem.code().matches("SB-300[1235]")).as("%s", problem).isTrue();
      }
      assertThat(Values.rows(decoder.batch())).hasSize(decoder.rows());
    } catch (UserException e) {
      assertThat(e).hasMessageContaining("SB-3043");
    }
  }
}
