package oosh.rollout.update;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.rollout.cloud.StartRequest;

/**
 * People who must approve an execution of oosh's own template: a task ACS::Approve (source: OOS
 * help, "ACS::Approve", 2024-06 and 2026-02). The execution is Waiting meanwhile; approved it goes
 * on, rejected it ends Cancelled. Only the named RAM users may approve, and OOS checks that
 * (assumed). The task posts to the address of a notice; that it needs one is assumed. The address
 * is a parameter of the start, as that of {@link EndNotice} is.
 *
 * @param by names of RAM users, in the order in which they were typed
 * @param need how many of them must approve
 * @param beforeFirst whether it is asked for before the first batch, and before any process is
 *     suspended; else before the second
 * @param notice whom OOS tells that it waits
 */
public record Approval(List<String> by, int need, boolean beforeFirst, EndNotice notice) {
  /** The start of the task's name; the number of the batch before which it waits follows. */
  private static final String TASK = "approveBeforeBatch";

  /** The parameter with the approvers, so that every shell can read it of OOS. */
  public static final String APPROVERS = "approvers";

  /** The parameter with the number of approvals that are needed. */
  public static final String NEEDED = "approvalsNeeded";

  /**
   * A RAM user's name: letters, digits, '.', '_' and '-', at most 64 (source: RAM help,
   * "CreateUser", 2025).
   */
  private static final String NAME = "[A-Za-z0-9._-]{1,64}";

  /** More than any team asks; what the template says of them stays short. */
  private static final int MOST = 20;

  public Approval {
    by = List.copyOf(by);
  }

  /**
   * An approval as a person asks for it.
   *
   * @throws Problem USAGE for names that are none, or are too few
   */
  public static Approval of(List<String> by, int need, boolean beforeFirst, EndNotice notice) {
    List<String> names = by.stream().distinct().toList();
    for (String name : names) {
      if (!name.matches(NAME)) {
        throw Problem.usage(
            "that is no name of a RAM user",
            "a name has up to 64 letters, digits, '.', '_' and '-', without its @domain",
            "stage approval --by alice,bob --need 2 --notify NAME");
      }
    }
    if (names.isEmpty() || names.size() > MOST) {
      throw Problem.usage(
          "cannot stage an approval by " + names.size() + " RAM users",
          "it takes 1 to " + MOST + " names",
          "stage approval --by alice,bob --need 2 --notify NAME");
    }
    if (need < 1 || need > names.size()) {
      throw Problem.usage(
          "cannot stage an approval that needs " + need,
          "it needs at least 1, and at most as many as are named: " + names.size(),
          "--need " + names.size() + ", or name more with --by");
    }
    return new Approval(names, need, beforeFirst, notice);
  }

  /** The batch before which it waits, counted from 1. */
  public int batch() {
    return beforeFirst ? 1 : 2;
  }

  /** {@code alice, bob (2 needed)}. */
  public String words() {
    return String.join(", ", by) + " (" + need + " needed)";
  }

  /** The batch before which a task waits for an approval; 0 for a task that does not. */
  public static int before(String task) {
    String digits = task.startsWith(TASK) ? task.substring(TASK.length()) : "";
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 0;
  }

  /** What the template is told. */
  Map<String, Object> parameters() {
    Map<String, Object> p = new LinkedHashMap<>();
    p.put(APPROVERS, by);
    p.put(NEEDED, (long) need);
    p.put(StartRequest.APPROVAL_URI, notice.standIn());
    return p;
  }

  /** The declarations of {@link #parameters}. */
  static String declared() {
    return TextParts.TEMPLATE.part("approval", Map.of());
  }

  /**
   * The task. A notice that does not arrive fails it (assumed).
   *
   * @param onError where that failure leads
   */
  String task(String onError) {
    Map<String, String> holes = new HashMap<>();
    holes.put("need", String.valueOf(need));
    holes.put("by", String.join(", ", by));
    holes.put("text", TextParts.TEMPLATE.part("approvalText", holes).strip());
    holes.put("name", TASK + batch());
    holes.put("onError", onError);
    // OOS appends a link to the text of a chat of DingTalk; what it does to others is not known.
    holes.put("link", String.valueOf(notice.kind().equals("dingtalk")));
    String kind = notice.kind().equals("webhook") ? "approvalTo-webhook" : noticeTo();
    holes.put("content", TextParts.TEMPLATE.part(kind, holes));
    return TextParts.TEMPLATE.part("approve", holes);
  }

  private String noticeTo() {
    return "noticeTo-" + notice.kind();
  }

  /** As the journal keeps it, part by part. */
  List<String> text() {
    List<String> parts = new ArrayList<>();
    parts.add(String.valueOf(need));
    parts.add(beforeFirst ? "first" : "rest");
    parts.add(notice.text());
    parts.addAll(by);
    return parts;
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws RuntimeException if it did not
   */
  static Approval ofText(List<String> parts) {
    return of(
        parts.subList(3, parts.size()),
        Integer.parseInt(parts.get(0)),
        parts.get(1).equals("first"),
        EndNotice.of(parts.get(2)));
  }
}
