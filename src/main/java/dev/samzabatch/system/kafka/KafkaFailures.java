package dev.samzabatch.system.kafka;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.Secrets;
import dev.samzabatch.job.SystemSpec;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Says what has gone wrong with a cluster, and what to do, in the words of the job. */
final class KafkaFailures {

  /** What clients say when none of the brokers' names can be found. */
  private static final String NO_ADDRESS = "No resolvable bootstrap urls";

  private final SystemSpec system;
  private final KafkaSpec spec;
  private final Map<String, String> environment;

  KafkaFailures(SystemSpec system, Map<String, String> environment) {
    this.system = system;
    this.spec = system.kafka().orElseThrow();
    this.environment = environment;
  }

  UserException of(Throwable failure, Access access) {
    Throwable cause = innermost(failure);
    if (cause instanceof UserException known) {
      return known;
    }
    if (cause instanceof AuthenticationException) {
      return problem("SB-4302", "the brokers of " + system.name() + " (" + spec.bootstrapServers()
          + ") do not accept this client: " + said(cause),
          "see security.protocol, sasl.* and ssl.* under systems." + system.name() + ".client", failure);
    }
    if (cause instanceof AuthorizationException refusal) {
      return forbidden(refusal, access);
    }
    if (cause instanceof ConfigException) {
      return said(cause).contains(NO_ADDRESS)
          ? unreachable(access.doing(), failure)
          : new UserException(ErrorKind.USER, Problem.error("SB-4304", system.place(),
              "a Kafka client cannot be made from systems." + system.name() + ": " + said(cause),
              "mend the property under systems." + system.name() + ".client"), failure);
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return problem("SB-4312", "while " + access.doing() + ": " + system.name() + " does not know the topic any more",
          "it was deleted while it was in use; start the job anew when it is back", failure);
    }
    if (cause instanceof TimeoutException || cause instanceof DisconnectException
        || cause instanceof RetriableException) {
      return unreachable(access.doing(), failure);
    }
    return problem("SB-4310", "while " + access.doing() + ", " + system.name() + " (" + spec.bootstrapServers()
        + ") answered: " + said(cause), "see the logs of the brokers", failure);
  }

  /** The cluster has not answered for as long as it may. */
  UserException unreachable(String doing, Throwable cause) {
    String why = cause == null ? "" : ": " + said(innermost(cause));
    return problem("SB-4301", system.name() + " does not answer: while " + doing + ", there was no answer of "
        + spec.bootstrapServers() + " within " + Quantities.duration(spec.timeout()) + why,
        "check that the brokers run, and systems." + system.name() + ".bootstrap.servers; to wait longer, set systems."
            + system.name() + ".timeout",
        cause);
  }

  private UserException forbidden(AuthorizationException refusal, Access access) {
    String resource = access.resource();
    if (refusal instanceof TopicAuthorizationException topics && topics.unauthorizedTopics() != null
        && !topics.unauthorizedTopics().isEmpty()) {
      resource = "topic " + String.join(", ", topics.unauthorizedTopics());
    } else if (refusal instanceof GroupAuthorizationException group && group.groupId() != null) {
      resource = "group " + group.groupId();
    }
    return problem("SB-4303", "while " + access.doing() + ": " + system.name() + " does not allow this user "
        + access.operation() + " on " + resource,
        "let somebody who may run: kafka-acls --bootstrap-server " + spec.bootstrapServers()
            + " --add --allow-principal User:NAME --operation " + access.operation() + " --" + resource
            + "; all that a job needs is listed by: samza-batch check JOB.CONF --connect",
        refusal);
  }

  private UserException problem(String code, String message, String hint, Throwable cause) {
    return new UserException(ErrorKind.EXTERNAL, Problem.error(code, system.place(), message, hint), cause);
  }

  /** The message without what secrets stand for. */
  private String said(Throwable cause) {
    String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    for (String written : spec.client().values()) {
      String value = Secrets.isReference(written) ? Secrets.resolve(written, environment) : "";
      text = value.isEmpty() ? text : text.replace(value, written);
    }
    return text;
  }

  /** What lies under the wrappings of futures and of clients that could not be made. */
  private static Throwable innermost(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null && (at instanceof ExecutionException || at instanceof CompletionException
        || at.getClass() == org.apache.kafka.common.KafkaException.class)) {
      at = at.getCause();
    }
    return at;
  }
}
