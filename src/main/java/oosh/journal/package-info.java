/**
 * The memory: what was meant, started and seen, in one H2 file that Tab reads.
 *
 * <p>This room knows the language ({@code oosh.rollout}), Spring JDBC, H2, and Gson for exports. It
 * has never heard of the cloud's SDK or of a terminal. An acknowledged write survives {@code kill
 * -9}; several shells may have the file open at once, and the others go on when one of them dies.
 * Whatever fails here leaves as a {@code Problem}, without SQL in it.
 *
 * <p>On disk: {@code journal.mv.db} (the data), {@code journal.key} (its password), {@code
 * journal.lock.db} (while a shell has it open). Read first: {@code H2Journal}, then {@code Schema};
 * {@code Store} and {@code JournalFile} are about staying connected, {@code FirstLook} about
 * leaving alone what must be, {@code H2Archive} about moving.
 */
@NullMarked
package oosh.journal;

import org.jspecify.annotations.NullMarked;
