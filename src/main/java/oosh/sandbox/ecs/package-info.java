/**
 * Instances: {@link oosh.sandbox.ecs.CloudAssistant} sends scripts to a {@link
 * oosh.sandbox.ecs.ScriptRunner}; the actions of ECS, ECI and RAM are {@link
 * oosh.sandbox.ecs.EcsActions}, {@link oosh.sandbox.ecs.EciActions}, {@link
 * oosh.sandbox.ecs.RamActions}.
 */
@NullMarked
package oosh.sandbox.ecs;

import org.jspecify.annotations.NullMarked;
