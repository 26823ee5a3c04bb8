package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.DataFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WholeRecordFormatTest {

  private static final RecordFormat TEXT = Records.of(DataFormat.TEXT);
  private static final RecordFormat BYTES = Records.of(DataFormat.BYTES);

  @Property
  void bytesComeBack(@ForAll byte[][] values) throws IOException {
    Schema schema = BYTES.infer(List.of(), Place.none());
    List<List<Object>> rows = Arrays.stream(values).map(value -> List.<Object>of(ByteBuffer.wrap(value))).toList();
    assertThat(Records.encoded(BYTES, schema, rows)).containsExactly(values);
    assertThat(Records.decoded(BYTES, schema, List.of(values))).isEqualTo(rows);
  }

  @Test
  void textIsTextAndWhatIsNotIsLeftOut() throws IOException {
    assertThat(TEXT.infer(List.of(), Place.none())).hasToString("value string");
    RecordDecoder decoder = TEXT.decoder(Records.all(SchemaText.parse("line string null")));
    decoder.begin();
    assertThat(Records.add(decoder, Records.utf8("ä\n"))).isNull();
    assertThat(Records.add(decoder, new byte[] {'a', (byte) 0xc3}))
        .isEqualTo(new RecordProblem("SB-3005", "the record is not UTF-8: byte 0xc3 at offset 1",
            "declare the column as bytes if it is no text, or mend what writes such records"));
    decoder.addNull();
    assertThat(Records.add(decoder, Records.utf8(""))).isNull();
    assertThat(Values.rows(decoder.batch()))
        .containsExactly(List.of("ä\n"), Arrays.asList((Object) null), List.of(""));
  }

  @Test
  void rowsAreCountedWhenTheColumnIsNotWanted() throws IOException {
    RecordDecoder decoder = TEXT.decoder(new ReadSpec(SchemaText.parse("a string"), List.of(), 10));
    decoder.begin();
    Records.add(decoder, Records.utf8("x"));
    assertThat(decoder.batch().rowCount()).isOne();
  }

  @Test
  void otherColumnsAreRefused() {
    for (String schema : List.of("a string, b string", "a bytes", "a long")) {
      assertThatThrownBy(() -> TEXT.decoder(Records.all(SchemaText.parse(schema)))).isInstanceOf(UserException.class)
          .hasMessageContaining("SB-3040: records of the format text have exactly one column, of the type string");
    }
    assertThatThrownBy(() -> BYTES.encoder(SchemaText.parse("a string"), "")).hasMessageContaining("SB-3040");
  }
}
