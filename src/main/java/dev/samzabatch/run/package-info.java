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
 * {@code StreamSystems} decides where the streams of a run lie, {@code TopicPublishing} sends a staged result to its
 * topics. A job without end goes on with its last run ({@code Continuation}) until it is drained
 * ({@link dev.samzabatch.run.DrainRequest}). {@link dev.samzabatch.run.AccessRules} says what all of that must be
 * allowed to do.
 *
 * <p>
 * Hosts that run the same jobs see each other's runs when a job has its streams on a Kafka system:
 * {@link dev.samzabatch.run.SharedRuns} connects to it, {@code RunMirror} is what they share there,
 * {@code MirroredRuns} brings it to the directory, and {@code JobLock} holds across them.
 *
 * <p>
 * This package prints nothing: a {@link dev.samzabatch.run.RunObserver} is told. Start with {@code JobRunner}.
 */
package dev.samzabatch.run;
