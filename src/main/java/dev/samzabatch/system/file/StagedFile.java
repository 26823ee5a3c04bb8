package dev.samzabatch.system.file;

/**
 * A durable, not yet published file of an output.
 *
 * @param name of the file within the output
 * @param rows how many records it holds
 * @param bytes its length
 * @param checksum CRC32C of its bytes
 */
public record StagedFile(String name, long rows, long bytes, long checksum) {}
