package dev.samzabatch.run;

/**
 * Something that a user of a Kafka cluster must be allowed to do so that a job can run.
 *
 * @param system name of the system in the job
 * @param operation as Kafka calls it, for example {@code READ}
 * @param resource {@code topic}, {@code group}, {@code transactional-id} or {@code cluster}
 * @param name of the resource, or what its name begins with
 * @param prefixed whether the name is only the beginning
 * @param why for people
 */
public record AccessRule(
    String system, String operation, String resource, String name, boolean prefixed, String why) {

  /** Whether whoever may do this may do the other as well. */
  boolean allows(AccessRule other) {
    boolean named = prefixed ? other.name.startsWith(name)
        : name.equals("*") || !other.prefixed && other.name.equals(name);
    return named && system.equals(other.system) && operation.equals(other.operation) && resource.equals(other.resource);
  }

  /** The arguments with which {@code kafka-acls.sh --add} allows it. */
  public String arguments() {
    String which = resource.equals("cluster") ? "--cluster" : "--" + resource + " '" + name + "'";
    return "--operation " + operation + " " + which + (prefixed ? " --resource-pattern-type prefixed" : "");
  }
}
