/**
 * Where streams and files live. {@link dev.samzabatch.system.InternalStreams} is the seam for managed streams between
 * stages: {@code system.log} keeps them in append-only files, the embedded default. {@code system.file} lists, opens,
 * stages and publishes files.
 *
 * <p>
 * Readers of a stream see only what {@link dev.samzabatch.system.InternalStreams#publish} has declared committed. This
 * package knows nothing of operators. Start with {@code InternalStreams}.
 */
package dev.samzabatch.system;
