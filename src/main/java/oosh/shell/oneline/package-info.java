/**
 * What one line stages for itself: each {@code stage} verb is also an option of {@code launch},
 * {@code plan} and {@code rehearse}.
 *
 * <p>Offers {@code LoneVerb}, {@code StagedChange}, {@code StagedOptions}, {@code TypedPlace}.
 */
@NullMarked
package oosh.shell.oneline;

import org.jspecify.annotations.NullMarked;
