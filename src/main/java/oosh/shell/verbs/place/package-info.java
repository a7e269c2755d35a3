/**
 * The groups that the journal knows, in all regions of the profile, asked one and all.
 *
 * <p>Offers {@code KnownGroups}.
 */
@NullMarked
package oosh.shell.verbs.place;

import org.jspecify.annotations.NullMarked;
