package dev.samzabatch.format;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Schema;
import java.io.IOException;
import java.util.List;

/**
 * A format of single records, each of which comes as bytes of its own: the values of a topic. Immutable and thread-safe
 * as far as its {@link WriterSchemas} are; what it makes is not. Made by {@link RecordFormats}.
 */
public interface RecordFormat {

  /** Its name in the job file. */
  String name();

  /**
   * A decoder of records into batches.
   *
   * @throws dev.samzabatch.data.UserException when such records can have no columns of this schema
   */
  RecordDecoder decoder(ReadSpec spec);

  /**
   * An encoder of rows.
   *
   * @param schema of the batches
   * @param subject the name that a registry keeps the records' schema under; of no meaning for formats without one
   * @throws dev.samzabatch.data.UserException when the format has no form for such rows
   */
  RecordEncoder encoder(Schema schema, String subject) throws IOException;

  /**
   * The schema that a sample of records suggests. Records that are bad have no say.
   *
   * @param sample values, none of them null
   * @param place where the input is declared
   * @throws dev.samzabatch.data.UserException when there is nothing to infer from
   */
  Schema infer(List<byte[]> sample, Place place) throws IOException;
}
