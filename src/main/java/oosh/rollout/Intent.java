package oosh.rollout;

import java.time.Instant;

/**
 * What is about to be asked of OOS, written down before it is asked.
 *
 * @param token the ClientToken: a repeated question with it is answered with the same execution
 */
public record Intent(String token, Rollout rollout, Author author, Instant at) {
  /** The key of the tag that every execution of oosh carries; its value is the token. */
  public static final String TAG = "oosh";
}
