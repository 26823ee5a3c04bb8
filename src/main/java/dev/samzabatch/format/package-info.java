/**
 * Bytes to batches and back: JSON, CSV and TSV, with compression, splits and schema inference.
 *
 * <p>
 * {@link dev.samzabatch.format.SourceFile} is where bytes come from, whatever the system.
 * {@link dev.samzabatch.format.Format} opens a {@link dev.samzabatch.format.BatchReader} over a
 * {@link dev.samzabatch.format.FileSplit} for the columns that are wanted, or a
 * {@link dev.samzabatch.format.BatchWriter} over an output stream, or looks at samples to infer a schema. Readers
 * decode straight from bytes into columns; what they accept and refuse is held against the standard library of each
 * format by tests.
 *
 * <p>
 * {@link dev.samzabatch.format.RecordFormat} is the same for records that come one by one, each as bytes of its own:
 * the values of a topic. A {@link dev.samzabatch.format.RecordDecoder} makes batches of them and tells which are bad, a
 * {@link dev.samzabatch.format.RecordEncoder} makes bytes of rows; the grammar is that of the files.
 *
 * <p>
 * This package knows nothing of systems, plans or operators. Start with {@code Format}.
 */
package dev.samzabatch.format;
