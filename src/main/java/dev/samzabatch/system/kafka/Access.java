package dev.samzabatch.system.kafka;

/**
 * What is asked of a cluster, for messages about its refusal.
 *
 * @param doing what is being done, for example {@code reading the topic views}
 * @param operation that must be allowed, for example {@code READ}
 * @param resource on which, for example {@code topic views}
 */
record Access(String doing, String operation, String resource) {

  /** Asks about a topic. */
  static Access describeTopic(String topic) {
    return new Access("asking about the topic " + topic, "DESCRIBE", "topic " + topic);
  }

  /** Reads topics. */
  static Access readTopic(String topics) {
    return new Access("reading " + topics, "READ", "topic " + topics);
  }

  /** Asks which topics there are. */
  static Access listTopics() {
    return new Access("listing the topics", "DESCRIBE", "topic *");
  }

  /** Asks where a group has come to. */
  static Access describeGroup(String group) {
    return new Access("asking for the offsets of the group " + group, "DESCRIBE", "group " + group);
  }
}
