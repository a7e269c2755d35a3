/**
 * The forms of an answer beside text and JSON: YAML, rows, and what a query picks. Each is made
 * from the JSON answer; its libraries are loaded when a line asks for it.
 *
 * <p>Offers {@code AnswerFormat}, {@code OutputForm} and {@code Query}.
 */
@NullMarked
package oosh.view.format;

import org.jspecify.annotations.NullMarked;
