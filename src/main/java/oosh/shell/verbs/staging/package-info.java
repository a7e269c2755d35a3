/**
 * Verbs that say what the next launch uses.
 *
 * <p>Offers {@code EditCommand}, {@code StageCommands}, {@code StageGateCommands}, {@code
 * StagePayloadCommands}, {@code StageSetCommand}, {@code StageStrategyCommands}, {@code
 * StageVerbs}, {@code StagedBatches}, {@code StagedFileReader}, {@code UndoCommand}, {@code
 * UnstageCommand}.
 */
@NullMarked
package oosh.shell.verbs.staging;

import org.jspecify.annotations.NullMarked;
