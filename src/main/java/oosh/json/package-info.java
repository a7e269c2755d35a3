/**
 * JSON texts from outside, read by the letter of the standard and within bounds.
 *
 * <p>Knows the JDK and Gson alone; the rooms that read JSON use it. The sandbox reads its own.
 *
 * <p>Offers {@code StrictJson}.
 */
@NullMarked
package oosh.json;

import org.jspecify.annotations.NullMarked;
