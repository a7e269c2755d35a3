/**
 * Notices: who is told how an execution goes, and what. The journal keeps them in its outbox until
 * they are delivered; this room says when that is tried, and the ports say what it needs.
 *
 * <p>A notice is delivered at least once: its id is the same in each attempt.
 *
 * <p>Read first: {@code Notice}, {@code NoticeDelivery}.
 *
 * <p>Offers {@code Notice}, {@code NoticeAddress}, {@code NoticeAudience}, {@code NoticeDelivery},
 * {@code NoticeKind}, {@code NoticeSender}, {@code NoticeTarget}, {@code NoticeTargets}, {@code
 * Notices}, {@code Outbox}.
 */
@NullMarked
package oosh.rollout.notice;

import org.jspecify.annotations.NullMarked;
