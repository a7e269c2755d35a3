/**
 * The journal of a team, in PostgreSQL 14 or newer. Loaded only where {@code OOSH_JOURNAL} names
 * one.
 *
 * <p>Read first: {@code PostgresConnection}. The statements are those of the room around; {@code
 * PostgresSchema} makes the same tables.
 *
 * <p>Offers {@code PostgresAddress}, {@code PostgresConnection}, {@code PostgresJournal}.
 */
@NullMarked
package oosh.journal.postgres;

import org.jspecify.annotations.NullMarked;
