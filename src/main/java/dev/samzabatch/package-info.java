/**
 * Multi-stage batch pipelines with exactly-once results, bounded and unbounded, in one process on one machine: the
 * architecture page.
 *
 * <pre>
 * job.conf --job--> JobSpec --sql--> OperatorGraph --plan--> JobPlan --run--> published files and topics
 *                      ^ places          ^ relations     ^ stages, tasks,       lock, manifest, checks,
 *                        in the file       and types       internal streams     publication, record
 *
 * a stage's task, in a container's thread:
 *   splits of files (format, system.file), partitions of topics (system.kafka) or of streams (system.log, system.kafka)
 *     -> RecordBatch -> operators (operator, expr, state) -> streams, staged files or records of topics
 *   then the end of the stream, in band, to every partition; then one commit
 * </pre>
 *
 * <p>
 * Only {@code system.kafka} imports Kafka's classes, and they are loaded only when a job names Kafka. A job without end
 * is the same job: its inputs have no end until it is drained.
 *
 * <p>
 * The packages stand on one line; each imports only packages before it, and {@code ArchitectureTest} holds the order:
 * {@code data}, {@code expr}, {@code graph}, {@code job}, {@code sql}, {@code format}, {@code system}, {@code plan},
 * {@code state}, {@code operator}, {@code container}, {@code run}, {@code samza}, {@code report}, {@code cli}.
 *
 * <p>
 * A noun changes its suffix with its level: {@code ...Spec} is asked for, {@code Stage} and {@code TaskModel} are
 * planned, {@code Task}, {@code Container} and {@code ...Operator} run.
 *
 * <p>
 * Start with {@link dev.samzabatch.data.RecordBatch} (what flows), {@link dev.samzabatch.graph.OperatorSpec} (what is
 * asked for), {@link dev.samzabatch.plan.Stage} (how it is cut) and {@code dev.samzabatch.run.JobRun} (the life of a
 * run).
 */
package dev.samzabatch;
