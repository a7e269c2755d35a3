/**
 * A report as parts, before it is Markdown or a page: both say the same, from one source.
 *
 * <p>Foreign text stays as it came, and marked as such: whoever writes a form makes it safe there.
 *
 * <p>Offers {@code MarkdownDocument}, {@code Phrase}, {@code ReportDocument}, {@code Tone}.
 */
@NullMarked
package oosh.view.document;

import org.jspecify.annotations.NullMarked;
