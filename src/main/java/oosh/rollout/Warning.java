package oosh.rollout;

import java.util.List;
import java.util.Locale;

/**
 * A risk that a plan names and that does not forbid the start.
 *
 * @param code what kind of risk it is; scripts go by it
 * @param text what is so
 * @param remedy what would mend it, as a line to type where there is one
 */
public record Warning(Code code, String text, String remedy) {
  /** Codes stay as they are once they are released: JSON output has them. */
  public enum Code {
    NONE_KEEPS_SERVING("no instance keeps serving"),
    MORE_THAN_HALF_OUT("more than half of what serves is out of service at once"),
    HALF_OUT("half of what serves is out of service at once"),
    ALL_MAY_FAIL("as many failures are tolerated as there are instances"),
    EACH_TARGET_MAY_FAIL("as many failures are tolerated as instances take part; others serve"),
    START_REFUSED("an earlier start has no answer, or OOS does not list its execution"),
    FILE_CHANGED("a staged file has changed since"),
    STAGED_UNUSED("what is staged is not used"),
    ALREADY_THERE("instances have the script already"),
    ROLLED_BACK("instances were rolled back already"),
    SUCCEEDED_IN_PART("the launch that is started again did not succeed on all instances"),
    REACH_UNKNOWN("it is unknown which instances the launch reached"),
    NEWER_LAUNCH("a newer launch ran on the same instances"),
    NEVER_STARTED("the newest launch never started"),
    STARTED_ELSEWHERE("the launch that is rolled back was started elsewhere, and was not named"),
    ROLLBACK_WANTED("a rollback was requested and did not start"),
    UNHEALTHY("instances are unhealthy"),
    GATE_UNHEALTHY("a gate does not count what is unhealthy already"),
    GATE_UNREAD("a gate cannot be read now"),
    SWITCHED_OFF("instances that count as in service are stopped in ECS"),
    MOVING("instances join or leave the group now"),
    SCALING("a scaling activity runs on the group"),
    SYSTEM_SUSPENDED("Auto Scaling itself has suspended the group"),
    IN_FLIGHT("another execution runs on the group"),
    NO_ROLLBACK("the launch cannot be rolled back"),
    STANDBY_SKIPPED("instances in Standby do not take part"),
    PROTECTED_SKIPPED("Protected instances do not take part"),
    ZONE_OUT("a batch can take a whole zone out of service"),
    SECRET_IN_SCRIPT("a script seems to hold a secret"),
    SCRIPT_LONG("a script is longer than older documents allow"),
    SCRIPT_LINE_ENDS("a script has CRLF line ends"),
    SCRIPT_BYTE_ORDER_MARK("a script begins with a byte order mark"),
    SCRIPT_HIDES_ERRORS("a script ignores errors"),
    SCRIPT_EMPTY("a script has only comments"),
    SCRIPT_RESTARTS("a script restarts or stops the instance"),
    SCRIPT_BACKGROUND("a script leaves something running"),
    SCRIPT_WAITS("a script waits for input"),
    SHELLCHECK("shellcheck finds something in a script"),
    RIGHTS_MISSING("the role lacks rights"),
    NOT_LISTED("no service lists the image, package or version"),
    CONFIGURATION_IMAGE("the scaling configuration has another image than the instances, or will"),
    ROLLBACK_UNKNOWN("what a rollback restores could not be read"),
    HOOK_BREAKS("the script may break the lifecycle hook"),
    SIGNED_ADDRESS("an address is signed"),
    LEFT_GROUP("instances have left the group"),
    TEMPLATE_REFUSED("OOS refuses oosh's own template"),
    TEMPLATE_LONG("oosh's own template is near the longest that OOS takes"),
    SCRIPT_MAY_RUN("an earlier script may still run"),
    LOCKED("another user has locked the group"),
    FROZEN("a freeze window is in force"),
    FREEZE_AHEAD("a freeze window may begin before the end");

    private final String meaning;

    Code(String meaning) {
      this.meaning = meaning;
    }

    /** As JSON has it, for example {@code zone-out}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means, in a clause. */
    public String meaning() {
      return meaning;
    }

    /** Whether it names what a person has put in the way: that refuses a start, or is passed by. */
    public boolean isOfPersons() {
      return this == LOCKED || this == FROZEN;
    }

    /** Whether a user confirms it with the name of the group. */
    public boolean isSevere() {
      return this == NONE_KEEPS_SERVING || this == MORE_THAN_HALF_OUT || this == ALL_MAY_FAIL;
    }
  }

  /** Whether one of them is severe. */
  public static boolean anySevere(List<Warning> warnings) {
    return warnings.stream().anyMatch(w -> w.code().isSevere());
  }
}
