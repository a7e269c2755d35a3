/**
 * The journal: intents, executions and what was kept of them, in one H2 file that Tab reads.
 *
 * <p>This room knows the language ({@code oosh.rollout}), Spring JDBC, H2 and Gson. It knows
 * neither the cloud's SDK nor a terminal. A write that has returned survives {@code kill -9}. The
 * file is open only for a piece of work, so an idle process holds nothing. Every failure leaves
 * this room as a {@code Problem}, without SQL in it.
 *
 * <p>On disk: {@code journal.mv.db} (the data), {@code journal.1} (the daily copy), {@code
 * journal.turn} (the lock). Read first: {@code H2Journal} with the parts {@code SqlStartLog},
 * {@code SqlHistory} and {@code SqlChoices}, then {@code JournalConnection}, which opens the
 * journal for a piece of work by {@code JournalLock} and {@code JournalFile}. The tables are made
 * by the resources {@code schema/*.sql}; the statements stand in {@code *.sql} beside them.
 *
 * <p>Offers {@code EntryCheck}, {@code EntryRow}, {@code GroupStateCodec}, {@code JournalErrors},
 * {@code JournalSql}, {@code Json}, {@code OutputStore}, {@code ReadCache}, {@code Rows}, {@code
 * SchemaMigrations}, {@code SentParametersCodec}, {@code SqlJournal}, {@code SqlText}, {@code
 * StatementException}, {@code UnreadableRowException}.
 */
@NullMarked
package oosh.journal;

import org.jspecify.annotations.NullMarked;
