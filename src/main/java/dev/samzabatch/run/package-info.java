/**
 * One run from lock to publish, and what runs leave behind.
 *
 * <p>
 * {@link dev.samzabatch.run.JobPreparation} turns a request into a {@link dev.samzabatch.run.PreparedJob}: checked,
 * with inputs found, compiled and planned, and nothing created. {@link dev.samzabatch.run.JobRun} runs it: lock,
 * manifest, purge of earlier runs, streams, containers, checks on the staged output, publication, deletion of the
 * streams, record. {@link dev.samzabatch.run.StateDirectory} is where all that lies;
 * {@link dev.samzabatch.run.RunRegistry} finds earlier runs and {@link dev.samzabatch.run.Cleaner} deletes exactly what
 * their manifests name.
 *
 * <p>
 * This package prints nothing: a {@link dev.samzabatch.run.RunObserver} is told. Start with {@code JobRun}.
 */
package dev.samzabatch.run;
