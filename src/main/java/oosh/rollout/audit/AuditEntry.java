package oosh.rollout.audit;

import java.time.Instant;

/**
 * A line of the audit trail: who did what, and when.
 *
 * @param at by the database's clock where a server keeps the journal, by this machine's otherwise
 * @param who the user that the database knows, where a server keeps the journal; otherwise the same
 *     as {@code osUser}
 * @param osUser the login name on the machine that wrote it; a server cannot check it
 * @param host the machine that wrote it; a server cannot check it
 * @param action an {@link AuditAction#word}, or a newer oosh's
 * @param region "" if it is of no region
 * @param group "" if it is of no group
 * @param subject what it was done to: an execution's id, a start's token, a tag's name
 * @param detail a reason, or what else there is to say; "" if nothing is
 */
public record AuditEntry(
    Instant at,
    String who,
    String osUser,
    String host,
    String action,
    String region,
    String group,
    String subject,
    String detail) {}
