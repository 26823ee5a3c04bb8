/**
 * How a job will run: the operator graph cut into stages where rows must move, the streams between them, and the tasks.
 *
 * <p>
 * {@link dev.samzabatch.plan.Planner} makes a {@link dev.samzabatch.plan.JobPlan} from an operator graph, the inputs as
 * they were found and the {@link dev.samzabatch.plan.PlanOptions}. A {@link dev.samzabatch.plan.Stage} is a connected
 * piece of {@link dev.samzabatch.plan.PlannedOperator}s without an exchange inside; each of its tasks runs the whole
 * piece over its share of the splits and partitions. {@link dev.samzabatch.plan.PlanChecks} then checks what every plan
 * must hold, and {@link dev.samzabatch.plan.PlanPrinter} shows it.
 *
 * <p>
 * This package knows nothing of threads. Start with {@code Stage}, then {@code Planner}.
 */
package dev.samzabatch.plan;
