package oosh.sandbox.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.api.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Who may call: the keys that the sandbox was opened with, all of one RAM user, and those that its
 * STS has issued, which expire by the sandbox's time and end with its process.
 */
public final class Callers {
  static final String ACCOUNT = "1000000000000000";

  /** A caller in a loop must not fill the memory; the oldest is forgotten. */
  private static final int MOST_ISSUED = 1_000;

  private static final String USER_ID = "200000000000000001";

  /**
   * A caller.
   *
   * @param type the word of GetCallerIdentity
   * @param until when the keys expire; null for never
   */
  record Caller(
      CallerCredentials keys, String type, String arn, String id, @Nullable Instant until) {}

  private final List<Caller> users;
  private final List<Caller> issued = new ArrayList<>();
  private final InstantSource clock;

  /**
   * @param keys those that the sandbox is opened with
   * @param clock the sandbox's
   */
  public Callers(List<CallerCredentials> keys, InstantSource clock) {
    this.users =
        keys.stream()
            .map(
                k ->
                    new Caller(
                        k, "RAMUser", "acs:ram::" + ACCOUNT + ":user/sandbox", USER_ID, null))
            .toList();
    this.clock = clock;
  }

  /**
   * @throws ApiException InvalidAccessKeyId.NotFound
   */
  synchronized Caller find(String keyId) {
    for (List<Caller> known : List.of(users, issued)) {
      for (Caller caller : known) {
        if (Visitor.same(keyId, caller.keys().keyId())) {
          return caller;
        }
      }
    }
    throw ApiException.of("InvalidAccessKeyId.NotFound");
  }

  boolean isExpired(Caller caller) {
    return caller.until() != null && !clock.instant().isBefore(caller.until());
  }

  /** Whether the published keys count, so that the sandbox is anybody's on this machine. */
  boolean areOpen() {
    return users.stream().anyMatch(u -> u.keys().equals(CallerCredentials.PUBLISHED));
  }

  synchronized Caller issue(String arn, String id, Duration validity) {
    issued.removeIf(this::isExpired);
    if (issued.size() == MOST_ISSUED) {
      issued.remove(0);
    }
    Instant until = clock.instant().plus(validity);
    Caller caller = new Caller(CallerCredentials.temporary(), "AssumedRoleUser", arn, id, until);
    issued.add(caller);
    return caller;
  }
}
