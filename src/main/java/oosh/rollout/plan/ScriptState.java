package oosh.rollout.plan;

/** The state of a script on one instance of a group. */
public enum ScriptState {
  HAS_IT,
  /** It was the last that ran there, and it did not end well. */
  FAILED,
  /** Another script ran there since it was launched last, or the way back did. */
  SOMETHING_ELSE,
  /** OOS has forgotten the last that ran there, and nobody has seen what became of it. */
  UNKNOWN,
  /** It was in the group when the script was launched, and was not touched. */
  NOT_REACHED,
  /** It joined the group after the script was launched. */
  NEWCOMER
}
