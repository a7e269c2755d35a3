package oosh.rollout.cloud;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named set of credentials, without the credentials.
 *
 * @param mode the vendor's CLI's word (AK, StsToken, RamRoleArn, …), or {@code sandbox}
 * @param region its default region, if it names one
 * @param origin where it comes from, for a person: {@code config.json}, {@code environment}, {@code
 *     built in}
 * @param unusable why oosh cannot use it, or null if it can
 */
public record Profile(
    String name, String mode, @Nullable String region, String origin, @Nullable String unusable) {
  public static final String SANDBOX = "sandbox";

  /** The modes whose keys are not asked for again: somebody has to sign in. */
  private static final Set<String> SIGNED_IN = Set.of("StsToken", "OAuth", "CloudSSO");

  /** Whether temporary keys of it are asked for again before they expire. */
  public boolean renewed() {
    return !SIGNED_IN.contains(mode);
  }

  public boolean isSandbox() {
    return name.equals(SANDBOX);
  }
}
