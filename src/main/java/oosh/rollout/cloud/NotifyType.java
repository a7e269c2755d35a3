package oosh.rollout.cloud;

/**
 * What a waiting execution can be told: OOS's NotifyType. Approve continues a batch pause (source:
 * aliyun's Jenkins plugin, OosExecuteNotifyStep, 2023-04; OOS help, "NotifyExecution", 2019-09).
 */
public enum NotifyType {
  CONTINUE("Approve"),
  /** At a task ACS::Approve, as one of its approvers; on the wire the same word. */
  APPROVE("Approve"),
  REJECT("Reject"),
  RETRY("RetryTask"),
  SKIP("SkipTask");

  private final String word;

  NotifyType(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
