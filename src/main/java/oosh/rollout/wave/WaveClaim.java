package oosh.rollout.wave;

/**
 * What makes a start one of a rollout's. It is held against the journal within the transaction that
 * writes the intent: a group is started once, and by the shell that leads the rollout.
 *
 * @param wave the rollout's id
 * @param turn the number of the lead that the shell has taken
 * @param position the group's
 * @param back whether it is the group's rollback
 * @param before the token of the start that this one follows on the group; "" for none
 */
public record WaveClaim(String wave, long turn, int position, boolean back, String before) {}
