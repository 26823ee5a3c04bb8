package dev.samzabatch.format;

import java.io.IOException;

/**
 * The Avro schemas that records were written with, which each record names by a number. Thread-safe. Implementations
 * keep what they were told.
 */
public interface WriterSchemas {

  /**
   * The text of a schema.
   *
   * @throws dev.samzabatch.data.UserException of the kind USER when there is none of this number, of another kind when
   * that cannot be found out
   */
  String byId(int id) throws IOException;

  /**
   * The number of a schema among those of a subject, where it is registered if it is not there yet.
   *
   * @throws dev.samzabatch.data.UserException when the schema is refused, or when that cannot be found out
   */
  int idOf(String subject, String schemaText) throws IOException;
}
