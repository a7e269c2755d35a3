package oosh.rollout.plan;

/** The state of a script on one instance of a group. */
public enum ScriptState {
  HAS_IT,
  /** It ran there last, and did not succeed. */
  FAILED,
  /** Another script, or a rollback, ran there since the script was launched last. */
  SOMETHING_ELSE,
  /** OOS no longer knows what ran there last, and its result was not seen. */
  UNKNOWN,
  /** It was in the group when the script was launched, and was not touched. */
  NOT_REACHED,
  /** It joined the group after the script was launched. */
  NEWCOMER
}
