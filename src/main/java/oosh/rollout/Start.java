package oosh.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What StartExecution is asked.
 *
 * @param parameters the template's, key order kept: String, Long, Integer, Boolean, List of String
 * @param clientToken at most 64 ASCII characters; the same token with the same parameters is the
 *     same execution
 */
public record Start(
    String template,
    Map<String, Object> parameters,
    String clientToken,
    Map<String, String> tags,
    String description) {
  public Start {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    tags = Map.copyOf(tags);
  }
}
