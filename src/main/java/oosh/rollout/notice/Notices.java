package oosh.rollout.notice;

/** Who is told, what is to be told, and the way there. */
public record Notices(NoticeTargets targets, Outbox outbox, NoticeSender sender) {}
