package oosh.sandbox.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who may call: the keys that the sandbox was opened with, of one RAM user and of those that were
 * named besides, and those that its STS has issued, which expire by the sandbox's time and end with
 * its process.
 */
public final class Callers {
  static final String ACCOUNT = "1000000000000000";

  /** A caller in a loop must not fill the memory; the oldest is forgotten. */
  private static final int MOST_ISSUED = 1_000;

  private static final long FIRST_USER = 200_000_000_000_000_001L;

  /**
   * A caller.
   *
   * @param type the word of GetCallerIdentity
   * @param until when the keys expire; null for never
   */
  record Caller(
      CallerCredentials keys, String type, String arn, String id, @Nullable Instant until) {}

  private final List<Caller> users = new ArrayList<>();
  private final List<Caller> issued = new ArrayList<>();
  private final InstantSource clock;

  /**
   * @param keys those that the sandbox is opened with, of its first user
   * @param others further users, by their names
   * @param clock the sandbox's
   */
  public Callers(
      List<CallerCredentials> keys, Map<String, CallerCredentials> others, InstantSource clock) {
    keys.forEach(k -> users.add(user("sandbox", k, FIRST_USER)));
    others.forEach((name, k) -> users.add(user(name, k, FIRST_USER + users.size())));
    this.clock = clock;
  }

  private static Caller user(String name, CallerCredentials keys, long id) {
    String arn = "acs:ram::" + ACCOUNT + ":user/" + name;
    return new Caller(keys, "RAMUser", arn, String.valueOf(id), null);
  }

  /** Who has the key of that id, as OOS knows a caller. */
  public Principal principal(String keyId) {
    Caller caller = find(keyId);
    boolean user = caller.until() == null;
    String named = caller.arn().replaceFirst(user ? ".*:user/" : ".*:assumed-role/", "");
    return new Principal(named, caller.id(), user);
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
