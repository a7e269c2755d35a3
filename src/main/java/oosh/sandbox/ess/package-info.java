/**
 * Scaling groups: what ESS allows to be done to them ({@link oosh.sandbox.ess.Fleet}, {@link
 * oosh.sandbox.ess.ContainerSpecs}; the tasks of templates use them as well), and the actions of
 * ESS ({@link oosh.sandbox.ess.EssActions}).
 */
@NullMarked
package oosh.sandbox.ess;

import org.jspecify.annotations.NullMarked;
