package oosh.view;

import oosh.rollout.ExecutionStatus;

/**
 * What the script printed on one instance.
 *
 * @param text as it came, not yet made safe
 */
public record InstanceOutput(String instance, ExecutionStatus status, String text) {}
