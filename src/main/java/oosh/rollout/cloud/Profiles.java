package oosh.rollout.cloud;

import java.util.List;
import java.util.function.Predicate;
import oosh.rollout.Problem;

/** The port to credentials: which profiles there are, and the way from one to its services. */
public interface Profiles {
  /**
   * Every profile, the built-in sandbox last.
   *
   * @throws Problem if the configuration file is broken
   */
  List<Profile> list();

  /**
   * The profile that the vendor's CLI would use, or the sandbox if there are no credentials. Where
   * the configuration names one that is not there, or is broken, it is one that cannot be used:
   * much of oosh needs none.
   */
  Profile preferred();

  /**
   * @throws Problem if there is none of that name, or oosh cannot use its mode
   */
  Profile named(String name);

  /**
   * The regions that have OOS, for completion and checking: from a table, never from the network.
   */
  List<String> regions();

  /**
   * The text without keys, secrets, tokens and signed addresses: those of every profile, and
   * whatever has the shape of one. Never fails, also where the configuration is broken.
   */
  String masked(String text);

  /** Whether a line carries one of them, so that it must not be kept. */
  default boolean containsSecret(String line) {
    return !masked(line).equals(line);
  }

  /** Checks many lines, with the secrets that are known now. */
  default Predicate<String> containsSecret() {
    return this::containsSecret;
  }

  /** Opens the services; makes no call yet. */
  Cloud open(Profile profile, String region);
}
