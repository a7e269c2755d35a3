package oosh.rollout;

/** The services of one profile in one region. */
public record Cloud(Executions executions, ScalingGroups groups) {}
