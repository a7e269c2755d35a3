/**
 * The audit trail: who did what to which group, in lines that are never changed.
 *
 * <p>Offers {@code AuditAction}, {@code AuditEntry}, {@code AuditTrail}.
 */
@NullMarked
package oosh.rollout.audit;

import org.jspecify.annotations.NullMarked;
