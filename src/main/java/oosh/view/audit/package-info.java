/**
 * The audit trail as a table and as JSON.
 *
 * <p>Offers {@code AuditView}.
 */
@NullMarked
package oosh.view.audit;

import org.jspecify.annotations.NullMarked;
