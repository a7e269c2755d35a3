/**
 * Reports as pages: one file of HTML each that loads nothing and runs nothing.
 *
 * <p>{@link HtmlWriter} is the one place where text becomes a part of a page. The pictures are SVG
 * within the page; each says as text what it shows, and a table has the figures.
 *
 * <p>Read first: {@link HtmlWriter}, {@link HtmlPage}, {@link ExecutionPage}.
 *
 * <p>Offers {@code ExecutionPage}, {@code ExecutionTimes}, {@code HistoryPage}, {@code HtmlBlocks},
 * {@code HtmlPage}, {@code HtmlWriter}, {@code Timeline}, {@code TimelineDrawing}.
 */
@NullMarked
package oosh.view.page;

import org.jspecify.annotations.NullMarked;
