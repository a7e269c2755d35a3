package oosh.rollout.cloud;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oosh.rollout.OnFailure;

/**
 * What StartExecution is asked.
 *
 * @param template TemplateName; "" where the template goes along
 * @param version TemplateVersion; "" for the newest
 * @param content TemplateContent, as JSON; "" where the template has a name
 * @param parameters the template's, as JSON values, key order kept
 * @param onFailure its Mode
 * @param clientToken at most 64 ASCII characters; the same token with the same parameters is the
 *     same execution
 */
public record StartRequest(
    String template,
    String version,
    String content,
    Map<String, Object> parameters,
    OnFailure onFailure,
    String clientToken,
    Map<String, String> tags,
    String description) {
  /** StartExecution's own parameters; no template has one of that name. */
  private static final String MODE = "Mode";

  /** The name of the template's text beside the parameters, where a start is kept. */
  public static final String CONTENT = "TemplateContent";

  /** The parameter of oosh's own template with the address that OOS posts to at the end. */
  public static final String NOTICE_URI = "noticeUri";

  /** The parameter with the address that OOS posts to when it waits for an approval. */
  public static final String APPROVAL_URI = "approvalUri";

  /** The parameters that are addresses, which stand in no file, log or answer. */
  public static final List<String> ADDRESSES = List.of(NOTICE_URI, APPROVAL_URI);

  private static final String VERSION = "TemplateVersion";

  /** The name of the tags that are kept; not of StartExecution, whose word a template may use. */
  private static final String TAGS = "oosh-tags";

  public StartRequest {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    // In an order of their own: another process must send the same text again.
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** What the service said of it, without those addresses. */
  public String withoutAddresses(String said) {
    return withoutAddresses(parameters, said);
  }

  static String withoutAddresses(Map<String, Object> parameters, String said) {
    String without = said;
    for (String name : ADDRESSES) {
      String address = String.valueOf(parameters.getOrDefault(name, ""));
      without = address.isEmpty() ? without : without.replace(address, "(hidden)");
    }
    return without;
  }

  /**
   * The values that must be kept to send the start again: the parameters, a Mode that is not OOS's,
   * the template if it goes along, its version if it is not the newest, and the tags that tell who
   * starts it.
   */
  public Map<String, Object> kept() {
    Map<String, Object> kept = new LinkedHashMap<>(parameters);
    if (onFailure != OnFailure.STOP) {
      kept.put(MODE, onFailure.word());
    }
    if (!content.isEmpty()) {
      kept.put(CONTENT, content);
    }
    if (!version.isEmpty()) {
      kept.put(VERSION, version);
    }
    Map<String, String> origin = new TreeMap<>(tags);
    origin.keySet().retainAll(OriginTags.KEYS);
    if (!origin.isEmpty()) {
      kept.put(TAGS, origin);
    }
    return kept;
  }

  /**
   * The start of which {@link #kept} was kept.
   *
   * @param tags the others
   */
  public static StartRequest ofKept(
      String template,
      Map<String, Object> kept,
      String clientToken,
      Map<String, String> tags,
      String description) {
    Map<String, Object> parameters = new LinkedHashMap<>(kept);
    Object mode = parameters.remove(MODE);
    Object content = parameters.remove(CONTENT);
    Object version = parameters.remove(VERSION);
    Map<String, String> all = new TreeMap<>(tags);
    if (parameters.remove(TAGS) instanceof Map<?, ?> origin) {
      origin.forEach((key, value) -> all.put(String.valueOf(key), String.valueOf(value)));
    }
    return new StartRequest(
        template,
        version == null ? "" : String.valueOf(version),
        content == null ? "" : String.valueOf(content),
        parameters,
        OnFailure.ofWord(String.valueOf(mode)),
        clientToken,
        all,
        description);
  }
}
