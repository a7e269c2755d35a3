package oosh.sandbox.api;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;

/** What an action of an API does, once the parameters of its call are checked. */
public interface ApiAction {
  /**
   * Carries out a call.
   *
   * @return the answer without its RequestId
   * @throws ApiException when the call is refused
   */
  JsonObject answer(ApiCall call);

  /** A list: the items among which the call's filters choose, in their order. */
  static ApiAction list(Function<ApiCall, Collection<?>> items) {
    return call -> ListAnswer.of(call, items.apply(call));
  }

  /** A change that answers nothing. */
  static ApiAction change(Consumer<ApiCall> change) {
    return call -> {
      change.accept(call);
      return new JsonObject();
    };
  }
}
