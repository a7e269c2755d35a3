/**
 * What every screen is made of: width, wrapping, tables, times, colours, and text without control
 * characters.
 *
 * <p>Offers {@code DescriptionList}, {@code Markdown}, {@code Style}, {@code TextSanitizer}, {@code
 * TextTable}, {@code TextWidth}, {@code TimeText}.
 */
@NullMarked
package oosh.view.text;

import org.jspecify.annotations.NullMarked;
