package oosh.notify;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import oosh.rollout.notice.Notice;
import oosh.rollout.notice.NoticeKind;
import oosh.rollout.notice.NoticeTarget;

/** Notices and who is told. */
public final class NoticeFixtures {
  static final Instant NOW = Instant.ofEpochMilli(1700000000123L);
  static final String SIGNING = "SECabcdef0123456789";

  private NoticeFixtures() {}

  /** Of a launch that failed on one of its instances. */
  static Notice failed(String reason) {
    return new Notice(
        "evt_1",
        Notice.Event.END,
        "exec-1",
        "Failed",
        false,
        null,
        "asg-web",
        "cn-hangzhou",
        "prod",
        6,
        3,
        1,
        List.of("i-bp1d"),
        false,
        "",
        reason,
        "li",
        "ops-1",
        Instant.parse("2026-11-23T12:00:00Z"));
  }

  public static NoticeTarget target(NoticeKind kind, URI address, String secret) {
    return new NoticeTarget("team", kind, address, secret);
  }
}
