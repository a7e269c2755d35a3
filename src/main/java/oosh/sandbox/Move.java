package oosh.sandbox;

import com.google.gson.JsonObject;

/**
 * How a task of an action has ended well, and where the action goes from there.
 *
 * @param next a task; "" for the one that follows in the text, {@link TemplateText#END} for the end
 */
record Move(JsonObject outputs, String next) {
  /** On to the task that follows. */
  static Move on(String... outputs) {
    return new Move(WireJson.object(outputs), "");
  }

  static Move to(String task) {
    return new Move(new JsonObject(), task);
  }

  static Move end() {
    return to(TemplateText.END);
  }
}
