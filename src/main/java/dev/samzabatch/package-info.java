/**
 * Multi-stage batch pipelines with exactly-once results, in one process on one machine.
 *
 * <p>
 * The packages stand on one line; each imports only packages before it, and a test holds the order: {@code data},
 * {@code expr}, {@code graph}, {@code job}, {@code sql}, {@code format}, {@code system}, {@code plan}, {@code state},
 * {@code operator}, {@code container}, {@code run}, {@code samza}, {@code report}, {@code cli}.
 */
package dev.samzabatch;
