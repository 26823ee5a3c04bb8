/**
 * One run from lock to publish, and what runs leave behind.
 *
 * <p>
 * {@link dev.samzabatch.run.JobPreparation} turns a request into a {@link dev.samzabatch.run.PreparedJob}: checked,
 * with inputs found, compiled and planned, and nothing created. {@code JobRun} runs it under the lock of the job:
 * manifest, purge of earlier runs, streams, containers, checks on the staged output, journal; {@code Publishing} brings
 * the result to where it goes and ends the run. {@code Resume} goes on with a run whose process is dead, if
 * {@code JobChanges} finds nothing that does not fit, from what its {@code Manifest} says and its checkpoints hold.
 *
 * <p>
 * {@link dev.samzabatch.run.StateDirectory} is where all that lies; {@link dev.samzabatch.run.RunRegistry} finds
 * earlier runs, and {@link dev.samzabatch.run.Cleaner} deletes exactly what their manifests name.
 *
 * <p>
 * This package prints nothing: a {@link dev.samzabatch.run.RunObserver} is told. Start with {@code JobRunner}.
 */
package dev.samzabatch.run;
