package oosh.rollout.update;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom OOS itself tells at the end of an execution of oosh's own template. The address is a
 * parameter of the start; until the start is sent, and wherever the start is kept, another text
 * stands for it.
 *
 * @param name of a notice
 * @param kind of its receiver, as it is typed
 * @param fingerprint by which another address of that name is noticed
 */
public record EndNotice(String name, String kind, String fingerprint) {
  /** The tasks that tell, by how the execution ends. */
  static final String SUCCESS = "tellSuccess";

  static final String FAILURE = "tellFailure";

  /** Nobody is told: only the sandbox takes an approval without a receiver. */
  public static final EndNotice NOBODY = new EndNotice("", "webhook", "");

  /** No address begins so. */
  private static final String STANDS_FOR = "oosh-notice:";

  /** What stands for the address. */
  public String standIn() {
    return STANDS_FOR + text();
  }

  /**
   * The task that tells; a notice that does not arrive changes nothing about the end (assumed of
   * IsCritical false with OnError ACS::NEXT; source of both: OOS help, "Tasks"). That OOS posts the
   * Content as JSON to other receivers than DingTalk, and needs no right for it, is assumed, too
   * (source: OOS help, "ACS::Approve", 2024-06, whose WebHook is the same).
   *
   * @param task {@link #SUCCESS} or {@link #FAILURE}
   */
  String task(String task) {
    Map<String, String> end = Map.of("status", task.equals(SUCCESS) ? "Success" : "Failed");
    Map<String, String> holes = new HashMap<>(end);
    holes.put("text", TextParts.TEMPLATE.part("noticeText", end).strip());
    String content = TextParts.TEMPLATE.part("noticeTo-" + kind, holes);
    return TextParts.TEMPLATE.part("tell", Map.of("name", task, "content", content));
  }

  public boolean isNobody() {
    return equals(NOBODY);
  }

  /** As the journal keeps it. */
  public String text() {
    return name + "/" + kind + "/" + fingerprint;
  }

  /** Whether that stands for an address. */
  public static boolean isStandIn(@Nullable Object parameter) {
    return String.valueOf(parameter).startsWith(STANDS_FOR);
  }

  /**
   * What {@link #text} or {@link #standIn} wrote.
   *
   * @throws RuntimeException if they did not
   */
  public static EndNotice of(String text) {
    String[] parts = (isStandIn(text) ? text.substring(STANDS_FOR.length()) : text).split("/", -1);
    return new EndNotice(parts[0], parts[1], parts[2]);
  }
}
