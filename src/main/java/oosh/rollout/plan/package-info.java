/**
 * What a launch, a rollback or a retry would do, computed from the group as it is now; here batches
 * are computed, warnings are made, and what cannot work is refused.
 *
 * <p>Offers {@code BaselineReader}, {@code BatchPreview}, {@code Capacity}, {@code CatalogueCheck},
 * {@code ChangedSince}, {@code CommandTime}, {@code Coverage}, {@code GateCheck}, {@code
 * GroupAnswer}, {@code MatchingInstances}, {@code MethodWarnings}, {@code Order}, {@code Plan},
 * {@code Precedents}, {@code Preflight}, {@code Retry}, {@code Rollback}, {@code
 * RollbackValidator}, {@code ScriptState}, {@code ScriptVersions}, {@code WavePlan}.
 */
@NullMarked
package oosh.rollout.plan;

import org.jspecify.annotations.NullMarked;
