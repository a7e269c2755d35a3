/**
 * The memory: what was meant, started and seen, in one H2 file that Tab reads.
 *
 * <p>This room knows the language ({@code oosh.rollout}), Spring JDBC, H2, and Gson for exports. It
 * has never heard of the cloud's SDK or of a terminal. An acknowledged write survives {@code kill
 * -9}. The file is open for as long as a piece of work takes, so an idle process holds nothing.
 * Whatever fails here leaves as a {@code Problem}, without SQL in it.
 *
 * <p>On disk: {@code journal.mv.db} (the data), {@code journal.1} (the copy of another day), {@code
 * journal.turn} (the lock). Read first: {@code H2Journal}, then {@code JournalConnection}, which
 * opens the journal for a piece of work; {@code JournalLock} and {@code JournalFile} are what it
 * does that with, {@code H2JournalArchive} is about moving. The tables are made by the resources
 * {@code schema/*.sql}.
 *
 * <p>Offers {@code CancellableWork}, {@code GroupStateCodec}, {@code JournalErrors}, {@code
 * JournalQueries}, {@code JournalReader}, {@code JsonLine}, {@code OutputStore}, {@code
 * SchemaMigrations}, {@code SentParametersCodec}, {@code StatementException}, {@code TableColumn},
 * {@code TempDirectories}, {@code UnreadableRowException}.
 */
@NullMarked
package oosh.journal;

import org.jspecify.annotations.NullMarked;
