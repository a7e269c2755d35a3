/**
 * Who is told how executions end, on the screen.
 *
 * <p>Offers {@code NoticeView}.
 */
@NullMarked
package oosh.view.notice;

import org.jspecify.annotations.NullMarked;
