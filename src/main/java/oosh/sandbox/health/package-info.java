/**
 * What is asked about instances from beside them: the actions of SLB, ALB, NLB and CloudMonitor
 * ({@link oosh.sandbox.health.HealthActions}). {@link oosh.sandbox.health.BackendServers} says
 * which instances a load balancer has, and how they are.
 */
@NullMarked
package oosh.sandbox.health;

import org.jspecify.annotations.NullMarked;
