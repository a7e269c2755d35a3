package oosh.sandbox;

import com.google.gson.JsonObject;

/** An action of a version of an API. */
interface ApiAction {
  /**
   * Carries out a call.
   *
   * @return the answer without its RequestId
   * @throws ApiError when the call is refused
   */
  JsonObject answer(ApiCall call);
}
