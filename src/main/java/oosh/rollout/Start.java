package oosh.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What StartExecution is asked.
 *
 * @param parameters the template's, key order kept: String, Long, Integer, Boolean, List of String
 * @param onFailure its Mode
 * @param clientToken at most 64 ASCII characters; the same token with the same parameters is the
 *     same execution
 */
public record Start(
    String template,
    Map<String, Object> parameters,
    OnFailure onFailure,
    String clientToken,
    Map<String, String> tags,
    String description) {
  /** StartExecution's own parameter; no template has one of that name. */
  private static final String MODE = "Mode";

  public Start {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    tags = Map.copyOf(tags);
  }

  /** One that ends at the first failure. */
  public Start(
      String template,
      Map<String, Object> parameters,
      String clientToken,
      Map<String, String> tags,
      String description) {
    this(template, parameters, OnFailure.STOP, clientToken, tags, description);
  }

  /**
   * What must be kept of it to ask the same again: the parameters, and a Mode that is not OOS's.
   */
  public Map<String, Object> kept() {
    if (onFailure == OnFailure.STOP) {
      return parameters;
    }
    Map<String, Object> kept = new LinkedHashMap<>(parameters);
    kept.put(MODE, onFailure.word());
    return kept;
  }

  /** The start of which {@link #kept} was kept. */
  public static Start ofKept(
      String template,
      Map<String, Object> kept,
      String clientToken,
      Map<String, String> tags,
      String description) {
    Map<String, Object> parameters = new LinkedHashMap<>(kept);
    Object mode = parameters.remove(MODE);
    return new Start(
        template,
        parameters,
        OnFailure.ofWord(String.valueOf(mode)),
        clientToken,
        tags,
        description);
  }
}
