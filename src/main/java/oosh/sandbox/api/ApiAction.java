package oosh.sandbox.api;

import com.google.gson.JsonObject;

/** An action of a version of an API. */
public interface ApiAction {
  /**
   * Carries out a call.
   *
   * @return the answer without its RequestId
   * @throws ApiException when the call is refused
   */
  JsonObject answer(ApiCall call);
}
