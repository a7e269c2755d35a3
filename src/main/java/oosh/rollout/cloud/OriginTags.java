package oosh.rollout.cloud;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * oosh-who     ann@ops-2
 * oosh-script  aebc9f:deploy.sh
 */
/**
 * The tags that tell another journal who started an execution, and which script it runs. Who may
 * read the execution can read them, so they hold no secret. They are what the sender says of
 * itself; who signed the request is in {@link Execution#executedBy}.
 *
 * <p>Assumed: OOS takes tag values of these characters, of at most 128. ECS documents more.
 */
public final class OriginTags {
  public static final String WHO = "oosh-who";
  public static final String SCRIPT = "oosh-script";

  /** Of every execution of a rollout over many groups; its value is the rollout's id. */
  public static final String WAVE = "oosh-wave";

  /** The tags that a start that is sent again must carry unchanged. */
  static final Set<String> KEYS = Set.of(WHO, SCRIPT, WAVE);

  /** Of a name; user, sign and host together fit into a value. */
  private static final int LONGEST = 60;

  private static final String NAME = "[A-Za-z0-9._-]{1," + LONGEST + "}";
  private static final Pattern WHO_VALUE = Pattern.compile("(" + NAME + ")@(" + NAME + ")");
  private static final Pattern SCRIPT_VALUE = Pattern.compile("([0-9a-f]{6}):(" + NAME + ")");

  private OriginTags() {}

  /**
   * The tags of a start.
   *
   * @param script the name of the script that runs; null for an update without a script
   * @param shortSha the first six digits of its SHA-256
   */
  public static Map<String, String> of(
      String user, String host, @Nullable String script, String shortSha) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(WHO, name(user) + "@" + name(host));
    if (script != null) {
      tags.put(SCRIPT, shortSha + ":" + name(script));
    }
    return tags;
  }

  /** The name in the characters of a tag's value. */
  private static String name(String text) {
    String name = text.replaceAll("[^A-Za-z0-9._-]", "_");
    return name.isEmpty() ? "_" : name.substring(0, Math.min(LONGEST, name.length()));
  }

  /** The login name that the tags tell; null if they tell none, or none of this form. */
  static @Nullable String user(Map<String, String> tags) {
    return part(WHO_VALUE, tags.get(WHO), 1);
  }

  /** The host that the tags tell; null as of {@link #user}. */
  static @Nullable String host(Map<String, String> tags) {
    return part(WHO_VALUE, tags.get(WHO), 2);
  }

  /**
   * What the sender calls a script.
   *
   * @param shortSha of the script that OOS has: a tag of another script names nothing
   * @param otherwise where the tags do not name it
   */
  public static String scriptName(Map<String, String> tags, String shortSha, String otherwise) {
    String value = tags.get(SCRIPT);
    String name =
        shortSha.equals(part(SCRIPT_VALUE, value, 1)) ? part(SCRIPT_VALUE, value, 2) : null;
    return name == null ? otherwise : name;
  }

  private static @Nullable String part(Pattern form, @Nullable String value, int group) {
    if (value == null) {
      return null;
    }
    Matcher parts = form.matcher(value);
    return parts.matches() ? parts.group(group) : null;
  }
}
