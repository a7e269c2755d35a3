/**
 * Verbs that say where and how: profile, region, group, method.
 *
 * <p>Offers {@code GroupLookup}, {@code UseCommand}, {@code UseMethodCommand}, {@code
 * WhereCommand}, {@code WhoamiCommand}.
 */
@NullMarked
package oosh.shell.verbs.context;

import org.jspecify.annotations.NullMarked;
