/**
 * Reads and writes JSON documents.
 *
 * <p>Offers {@code JsonInput}, {@code JsonOutput}, {@code RehearsalJson}.
 */
@NullMarked
package oosh.view.json;

import org.jspecify.annotations.NullMarked;
