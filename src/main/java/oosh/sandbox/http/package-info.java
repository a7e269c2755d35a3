/**
 * What the sandbox answers over HTTP: {@link oosh.sandbox.http.ApiGateway} checks who has signed a
 * call of an API, by {@link oosh.sandbox.http.CallerCredentials} that {@link
 * oosh.sandbox.http.Callers} knows, {@link oosh.sandbox.http.StsActions} issues further ones, and
 * {@link oosh.sandbox.http.ControlApi} takes the orders below {@code /_sandbox/}.
 */
@NullMarked
package oosh.sandbox.http;

import org.jspecify.annotations.NullMarked;
