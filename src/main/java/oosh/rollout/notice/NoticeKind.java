package oosh.rollout.notice;

import java.util.Arrays;
import java.util.Optional;

/** What kind of receiver a notice is sent to: it decides the form and the signature. */
public enum NoticeKind {
  /** A JSON document, signed as Standard Webhooks 1.0.0 says. */
  WEBHOOK("webhook", true),
  /** A custom robot of DingTalk. */
  DINGTALK("dingtalk", true),
  /** A custom bot of Feishu or Lark. */
  FEISHU("feishu", true),
  /** An incoming webhook of Slack, whose address alone is what proves the sender. */
  SLACK("slack", false);

  private final String word;
  private final boolean signs;

  NoticeKind(String word, boolean signs) {
    this.word = word;
    this.signs = signs;
  }

  /** How it is typed. */
  public String word() {
    return word;
  }

  /** Whether its notices can be signed. */
  public boolean signs() {
    return signs;
  }

  public static Optional<NoticeKind> of(String word) {
    return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
  }
}
