/**
 * Instances: {@link oosh.sandbox.ecs.CloudAssistant} sends scripts to a {@link
 * oosh.sandbox.ecs.ScriptRunner}; the actions of ECS and RAM are {@link
 * oosh.sandbox.ecs.EcsActions} and {@link oosh.sandbox.ecs.RamActions}. {@link
 * oosh.sandbox.ecs.InstanceServices} knows how the services of the instances are.
 */
@NullMarked
package oosh.sandbox.ecs;

import org.jspecify.annotations.NullMarked;
