/**
 * What the journal keeps of starts, observations, snapshots and heal steps: its ports and its
 * values.
 *
 * <p>Offers {@code ApprovalProgress}, {@code Choices}, {@code Diagnosis}, {@code
 * ForgottenExecution}, {@code GateFailure}, {@code GroupSnapshot}, {@code GroupState}, {@code
 * GroupStatistics}, {@code HealStep}, {@code HealStepRecord}, {@code History}, {@code Initiator},
 * {@code Intent}, {@code Journal}, {@code JournalArchive}, {@code JournalEntry}, {@code Leftover},
 * {@code NoJournal}, {@code OosTiming}, {@code OpenExecution}, {@code OpenIntent}, {@code
 * PastExecution}, {@code Progress}, {@code ReconciledStart}, {@code ReleaseTag}, {@code StartLog},
 * {@code StoredOutputs}, {@code TimeLeft}, {@code WantedRollback}.
 */
@NullMarked
package oosh.rollout.record;

import org.jspecify.annotations.NullMarked;
