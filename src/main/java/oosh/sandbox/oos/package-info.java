/**
 * The actions of OOS, {@link oosh.sandbox.oos.OosActions}: executions, their lists, templates, and
 * how OOS writes them.
 */
@NullMarked
package oosh.sandbox.oos;

import org.jspecify.annotations.NullMarked;
