package oosh.sandbox.play;

import com.google.gson.JsonObject;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.template.EmulatedTemplate;

/**
 * How a task of an action has ended well, and where the action goes from there.
 *
 * @param next a task; "" for the one that follows, {@link EmulatedTemplate#END} for the end
 */
record TaskTransition(JsonObject outputs, String next) {
  /** The task has not ended: it is due again, or waits for the user. */
  static final TaskTransition PENDING = to("(pending)");

  /** On to the task that follows. */
  static TaskTransition on(String... outputs) {
    return new TaskTransition(WireJson.object(outputs), "");
  }

  static TaskTransition to(String task) {
    return new TaskTransition(new JsonObject(), task);
  }

  static TaskTransition end() {
    return to(EmulatedTemplate.END);
  }
}
