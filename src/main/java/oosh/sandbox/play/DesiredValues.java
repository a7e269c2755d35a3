package oosh.sandbox.play;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import oosh.sandbox.template.TemplateReferences;
import org.jspecify.annotations.Nullable;

/**
 * Which values ACS::WaitFor and ACS::CheckFor want. Values are compared as texts. Assumed: of
 * several values each must be desired, and no value at all is never desired.
 */
record DesiredValues(List<String> desired, List<String> notDesired, List<String> stop) {
  /** In characters: how much of a value a message shows. */
  private static final int SHOWN = 200;

  /**
   * @param stops whether it is a value that ends the retries
   * @param said what a message says of it; "" when it is desired
   */
  record Verdict(boolean desired, boolean stops, String said) {}

  static DesiredValues of(TemplateTask task, EmulatedExecution root, @Nullable JsonElement item) {
    return new DesiredValues(
        texts(task, "DesiredValues", root, item),
        texts(task, "NotDesiredValues", root, item),
        texts(task, "StopRetryValues", root, item));
  }

  private static List<String> texts(
      TemplateTask task, String property, EmulatedExecution root, @Nullable JsonElement item) {
    List<String> texts = new ArrayList<>();
    JsonElement given = task.properties().get(property);
    if (given != null && CustomLoop.resolve(given, root, item) instanceof JsonArray values) {
      values.forEach(value -> texts.add(TemplateReferences.text(value)));
    }
    return texts;
  }

  /**
   * @param why why there is no value; "" if jq has found just nothing
   */
  Verdict verdict(List<String> values, String why) {
    String said = "the value is " + shown(values, why);
    if (values.stream().anyMatch(stop::contains)) {
      return new Verdict(false, true, said + ", one of the StopRetryValues " + stop);
    }
    if (values.stream().anyMatch(notDesired::contains)) {
      return new Verdict(false, false, said + ", one of the NotDesiredValues " + notDesired);
    }
    boolean right = desired.isEmpty() || desired.containsAll(values);
    if (right && !values.isEmpty()) {
      return new Verdict(true, false, "");
    }
    return new Verdict(false, false, desired.isEmpty() ? said : said + ", not one of " + desired);
  }

  private static String shown(List<String> values, String why) {
    if (values.isEmpty()) {
      return "none" + (why.isEmpty() ? "" : " (" + why + ")");
    }
    String all = String.join(", ", values);
    return all.length() > SHOWN ? all.substring(0, SHOWN) + "…" : all;
  }
}
