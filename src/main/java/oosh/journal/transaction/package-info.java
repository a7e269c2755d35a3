/**
 * Transactions of a journal: who asks for one, and the thread that does it.
 *
 * <p>Offers {@code JournalReader}, {@code JournalTask}, {@code JournalTransactions}, {@code
 * TaskQueue}, {@code TransactionThread}.
 */
@NullMarked
package oosh.journal.transaction;

import org.jspecify.annotations.NullMarked;
