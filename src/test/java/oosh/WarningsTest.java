package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Warning;
import org.junit.jupiter.api.Test;

/** Each warning of a plan stands in a session file, which {@link CheckedSessionsTest} holds. */
class WarningsTest {
  /**
   * A session cannot change a file that is staged (RiskTest does), wait unseen (PrecedentsTest),
   * die (WantedRollbackTest), have colleagues (ColleaguesTest) or another user
   * (LocksAndFreezesTest), is the same without shellcheck (ShellCheckTest), and has groups of one
   * zone each (RolloutStrategyTest).
   */
  private static final Set<Warning.Code> ELSEWHERE =
      Set.of(
          Warning.Code.FILE_CHANGED,
          Warning.Code.LOCKED,
          Warning.Code.REACH_UNKNOWN,
          Warning.Code.ROLLBACK_WANTED,
          Warning.Code.SHELLCHECK,
          Warning.Code.STARTED_ELSEWHERE,
          Warning.Code.ZONE_OUT);

  /** What a plan says of each of the others. */
  private static final Map<Warning.Code, String> SAID = new EnumMap<>(Warning.Code.class);

  static {
    SAID.put(Warning.Code.NONE_KEEPS_SERVING, "all 6 that serve may be out of service at once");
    SAID.put(Warning.Code.MORE_THAN_HALF_OUT, "4 of 6 that serve may be out of service at once");
    SAID.put(Warning.Code.HALF_OUT, "3 of 6 that serve may be out of service at once");
    SAID.put(Warning.Code.ALL_MAY_FAIL, "all 6 may fail");
    SAID.put(Warning.Code.EACH_TARGET_MAY_FAIL, "all 2 may fail");
    SAID.put(Warning.Code.START_REFUSED, "; its execution may still appear within");
    SAID.put(
        Warning.Code.STAGED_UNUSED, "it runs the script of that launch, not the staged goes-on.sh");
    SAID.put(Warning.Code.ALREADY_THERE, "all 6 have deploy.sh (sha aebc9f) already");
    SAID.put(Warning.Code.ROLLED_BACK, "all 6 were rolled back already by");
    SAID.put(Warning.Code.SUCCEEDED_IN_PART, "web-2.4.1 succeeded on 5 of 6 instances");
    SAID.put(Warning.Code.NEWER_LAUNCH, "ran since on all of them");
    SAID.put(Warning.Code.NEVER_STARTED, "did not start: this rolls back the launch before");
    SAID.put(Warning.Code.UNHEALTHY, "is unhealthy: not counted among those that keep serving");
    SAID.put(Warning.Code.GATE_UNHEALTHY, "does not count i-bp1b: unhealthy already");
    SAID.put(Warning.Code.GATE_UNREAD, "cannot be read now: ");
    SAID.put(Warning.Code.SWITCHED_OFF, "is stopped in ECS: not counted among");
    SAID.put(Warning.Code.SCALING, "Auto Scaling adds or removes instances now: asa-");
    SAID.put(Warning.Code.SYSTEM_SUSPENDED, "Auto Scaling itself has suspended asg-bp1web");
    SAID.put(Warning.Code.MOVING, "the group scales now");
    SAID.put(Warning.Code.IN_FLIGHT, "is already in flight on this group");
    SAID.put(Warning.Code.NO_ROLLBACK, "this launch cannot be rolled back: ");
    SAID.put(Warning.Code.STANDBY_SKIPPED, "in Standby will not be touched");
    SAID.put(Warning.Code.PROTECTED_SKIPPED, "Protected will not be touched");
    SAID.put(Warning.Code.SECRET_IN_SCRIPT, "looks like a secret");
    SAID.put(Warning.Code.SCRIPT_LONG, "is over 12,288 bytes");
    SAID.put(Warning.Code.SCRIPT_LINE_ENDS, "has CRLF line ends");
    SAID.put(Warning.Code.SCRIPT_BYTE_ORDER_MARK, "begins with a byte order mark");
    SAID.put(Warning.Code.SCRIPT_HIDES_ERRORS, "ignores errors");
    SAID.put(Warning.Code.SCRIPT_EMPTY, "comments");
    SAID.put(Warning.Code.SCRIPT_RESTARTS, "restarts.sh");
    SAID.put(Warning.Code.SCRIPT_BACKGROUND, "leaves-running.sh");
    SAID.put(Warning.Code.SCRIPT_WAITS, "waits for input that never comes");
    SAID.put(Warning.Code.RIGHTS_MISSING, " may not ");
    SAID.put(Warning.Code.NOT_LISTED, "is not among");
    SAID.put(Warning.Code.CONFIGURATION_IMAGE, "a rollback does not restore the image of asc-web");
    SAID.put(Warning.Code.ROLLBACK_UNKNOWN, "cannot be read: ");
    SAID.put(Warning.Code.HOOK_BREAKS, "has quotes or line ends");
    SAID.put(Warning.Code.SIGNED_ADDRESS, "the address is signed");
    SAID.put(Warning.Code.LEFT_GROUP, "left the group: the template stops there");
    SAID.put(Warning.Code.TEMPLATE_REFUSED, "OOS refuses oosh's own template");
    SAID.put(Warning.Code.TEMPLATE_LONG, "65,536 bytes");
    SAID.put(Warning.Code.FROZEN, "; a rollback is not frozen");
    SAID.put(Warning.Code.FREEZE_AHEAD, "and the launch may not have ended by then");
    SAID.put(Warning.Code.SCRIPT_MAY_RUN, "may still run on i-bp1a, i-bp1b");
  }

  @Test
  void eachStandsInASession() throws IOException {
    String sessions;
    try (Stream<Path> files = Files.list(Path.of("sessions"))) {
      sessions =
          files
              .filter(f -> f.toString().endsWith(".oosh"))
              .map(WarningsTest::text)
              .collect(Collectors.joining(" "));
    }
    assertThat(Warning.Code.values())
        .filteredOn(code -> !ELSEWHERE.contains(code))
        .filteredOn(code -> !sessions.contains(SAID.getOrDefault(code, "no sentence")))
        .isEmpty();
  }

  /** Without the marks and line ends of answers. */
  private static String text(Path file) {
    try {
      return Files.readString(file).replaceAll("\\n#>\\s*", " ").replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
