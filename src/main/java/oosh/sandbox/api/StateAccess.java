package oosh.sandbox.api;

import java.util.function.Supplier;

/** Access to the state of the sandbox: one caller at a time. */
public interface StateAccess {
  <T> T read(Supplier<T> question);

  /**
   * Changes the state; the change is on disk when this returns, also after a refusal.
   *
   * @throws ApiException 500 if the change is made, and cannot be saved
   */
  <T> T change(Supplier<T> change);
}
