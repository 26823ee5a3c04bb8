package dev.samzabatch.data;

/** What a stream carries, in order: batches of records, and the control items that tell of them. */
public sealed interface StreamItem permits RecordBatch, EndOfStream, Watermark {}
