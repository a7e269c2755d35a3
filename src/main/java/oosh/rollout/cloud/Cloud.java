package oosh.rollout.cloud;

import oosh.rollout.ParallelReads;

/**
 * The services of one profile in one region.
 *
 * @param readers how several questions to them are asked
 */
public record Cloud(
    Executions executions,
    ScalingGroups groups,
    Catalogue catalogue,
    Inventory inventory,
    ParallelReads readers) {}
