/**
 * Runs executions. {@link oosh.sandbox.play.Engine} holds the lock and the clock, and runs what is
 * due; a {@link oosh.sandbox.play.TemplateRunner} runs the tasks of an execution's template, and
 * {@link oosh.sandbox.play.ExecutionLifecycle} begins and ends tasks and executions.
 *
 * <p>Read first: {@code Engine}, {@code PublicTemplateRunner}, {@code BatchLoop}, {@code
 * InstanceActionRunner}.
 */
@NullMarked
package oosh.sandbox.play;

import org.jspecify.annotations.NullMarked;
