/**
 * Topics of Kafka as inputs, as outputs and as internal streams, and what hosts share there.
 *
 * <p>
 * {@link dev.samzabatch.system.kafka.KafkaClients} makes the clients of one cluster.
 * {@link dev.samzabatch.system.kafka.TopicOffsets} fixes, before a run, what is read of each partition;
 * {@link dev.samzabatch.system.kafka.TopicSample} looks what records are like;
 * {@link dev.samzabatch.system.kafka.TopicReader} reads, with or without an end.
 *
 * <p>
 * {@link dev.samzabatch.system.kafka.TopicWriter} makes records of rows. They go to a
 * {@link dev.samzabatch.system.kafka.ResultTransaction}, which sends a complete result and leaves a proof of that, or
 * to a {@link dev.samzabatch.system.kafka.LaneSink}, which makes them part of the commits of a container.
 * {@link dev.samzabatch.system.kafka.SchemaRegistry} knows the schemas of records in Avro.
 *
 * <p>
 * {@link dev.samzabatch.system.kafka.TopicStreams} keeps internal streams in topics: {@code LaneProducer} writes all
 * that a lane writes in one transaction a commit, {@code TopicStreamReader} reads a partition,
 * {@code MirroredChangelogs} keeps changelogs here and there, {@code Fence} and {@code TopicReplay} are for whoever
 * goes on behind a crash.
 *
 * <p>
 * {@link dev.samzabatch.system.kafka.RegistryTopic} and {@link dev.samzabatch.system.kafka.BusLocks} hold the runs and
 * the locks of jobs that all hosts see.
 *
 * <p>
 * Whatever Kafka refuses comes out as a {@link dev.samzabatch.data.UserException} in the words of the job.
 *
 * <p>
 * The only package that knows Kafka's classes; they are loaded only when a job names Kafka. It knows nothing of tasks
 * and runs. Start with {@code KafkaClients}.
 */
package dev.samzabatch.system.kafka;
