/**
 * The screen: values to text and to JSON.
 *
 * <p>Pure: no terminal, no stream, no service. It knows the language ({@code oosh.rollout}) and
 * Gson. Everything foreign goes through {@link TextSanitizer}; every class that prints has its
 * screen as a comment above it, and a test that compares the whole text.
 *
 * <p>Read first: {@link Style}, {@link TextSanitizer}, {@link ProgressView}.
 */
@NullMarked
package oosh.view;

import org.jspecify.annotations.NullMarked;
