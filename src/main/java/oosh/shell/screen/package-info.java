/**
 * Where answers, questions and notes go: a stream, a terminal or a recording.
 *
 * <p>Offers {@code AnswerOptions}, {@code AnswerPrinter}, {@code BoundedReader}, {@code Capture},
 * {@code ConsoleLinks}, {@code DelegatingScreen}, {@code KeyReader}, {@code LinkingWriter}, {@code
 * RecordingScreen}, {@code SanitizingWriter}, {@code Screen}, {@code Silence}, {@code
 * StreamScreen}, {@code TerminalFeatures}.
 */
@NullMarked
package oosh.shell.screen;

import org.jspecify.annotations.NullMarked;
