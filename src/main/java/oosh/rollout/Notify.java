package oosh.rollout;

/**
 * What a waiting execution can be told: OOS's NotifyType. That Approve continues a batch pause is
 * assumed: no document names the type, and it is the only general word for "go on".
 */
public enum Notify {
  CONTINUE("Approve"),
  REJECT("Reject"),
  RETRY("RetryTask"),
  SKIP("SkipTask");

  private final String word;

  Notify(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
