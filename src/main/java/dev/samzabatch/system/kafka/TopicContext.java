package dev.samzabatch.system.kafka;

/**
 * What everything that has to do with the internal topics of a run shares. Thread-safe.
 *
 * @param clients makes clients
 * @param topics makes and watches topics
 * @param ends knows what is committed
 * @param trim gives back space
 * @param fence ends the transactions of the dead
 */
record TopicContext(KafkaClients clients, InternalTopics topics, CommittedEnds ends, TopicTrim trim, Fence fence) {}
