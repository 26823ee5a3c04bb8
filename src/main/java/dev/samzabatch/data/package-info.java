/**
 * What flows: schemas, column vectors, record batches, and the control items that travel in band with them.
 *
 * <p>
 * A {@link dev.samzabatch.data.Schema} is an ordered list of named, typed fields. A
 * {@link dev.samzabatch.data.RecordBatch} is a schema, one {@link dev.samzabatch.data.ColumnVector} a field, and
 * optionally a selection: the physical rows that are meant. {@link dev.samzabatch.data.StreamItem} is what a stream
 * carries: a batch, an {@link dev.samzabatch.data.EndOfStream} mark or a {@link dev.samzabatch.data.Watermark}.
 * {@link dev.samzabatch.data.KeyHash} decides the partition of a key, {@link dev.samzabatch.data.BatchCodec} gives
 * batches their form on disk and on the wire.
 *
 * <p>
 * Also here, because every package speaks them: places in a file, problems and the exception that carries them.
 *
 * <p>
 * This package knows nothing of files, plans, threads or SQL. Start with {@code RecordBatch}.
 */
package dev.samzabatch.data;
