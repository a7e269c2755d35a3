package oosh.rollout.update;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Something that must be healthy before a rollout continues.
 *
 * @param subject what is asked: {@code 8080/health}, a port, the name of a probe's script, or ids
 *     of alarm rules with commas between them; "" for load balancers
 * @param script what a probe runs; null where it is no script
 * @param expect the status that a healthy answer of HTTP has; 0 for another kind
 * @param every the time between two looks, in whole seconds
 * @param times as many looks in a row must be healthy
 * @param within the time that it has to become healthy, in whole seconds
 * @param advises whether what is unhealthy is only said
 */
public record Gate(
    Kind kind,
    String subject,
    @Nullable Script script,
    int expect,
    Duration every,
    int times,
    Duration within,
    boolean advises) {
  /** What is asked. */
  public enum Kind {
    HTTP,
    TCP,
    SCRIPT,
    /** What the group hangs on calls the instance healthy. */
    LB,
    /** None of some alarm rules is in ALARM. */
    ALARM;

    public static Optional<Kind> of(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the instance itself is asked, before it returns to service. */
    public boolean onInstance() {
      return this != LB && this != ALARM;
    }

    /** A line that stages one. */
    public String line() {
      return "stage gate "
          + switch (this) {
            case HTTP -> "http 8080/health";
            case TCP -> "tcp 8080";
            case SCRIPT -> "script probe.sh";
            case LB -> "lb";
            case ALARM -> "alarm RULE-ID";
          };
    }
  }

  public static final Duration EVERY = Duration.ofSeconds(5);
  public static final int TIMES = 3;
  public static final Duration WITHIN = Duration.ofMinutes(2);
  public static final int EXPECT = 200;

  /** Characters that mean nothing to a shell in quotes, to OOS or to an address. */
  private static final Pattern HTTP = Pattern.compile("(\\d{1,5})(/[A-Za-z0-9._~/?=&%-]{0,500})");

  private static final Pattern RULES = Pattern.compile("[A-Za-z0-9_.-]+(,[A-Za-z0-9_.-]+){0,19}");

  /** Source: OOS help, "ACS::WaitFor", Retries, 2025-03. */
  private static final int MOST_LOOKS = 300;

  private static final Pattern TCP = Pattern.compile("(\\d{1,5})");
  private static final int LAST_PORT = 65_535;
  private static final int FIRST_OF_ALL = 1024;
  private static final int ABOVE = 20_000;

  /** A probe with the usual times. */
  public static Gate of(Kind kind, String subject, @Nullable Script script) {
    int expect = kind == Kind.HTTP ? EXPECT : 0;
    return new Gate(kind, subject, script, expect, EVERY, TIMES, WITHIN, false);
  }

  /**
   * @throws Problem USAGE for what cannot be asked
   */
  public Gate {
    if (kind == Kind.HTTP || kind == Kind.TCP) {
      requireAddress(kind, subject);
    }
    if (kind == Kind.ALARM && !RULES.matcher(subject).matches()) {
      throw unusable(
          "it takes 1 to 20 ids of rules, of letters, digits, dots and hyphens", kind.line());
    }
    if (kind == Kind.HTTP && (expect < 100 || expect > 599)) {
      throw unusable(expect + " is no status of HTTP", kind.line() + " --expect 200");
    }
    if (every.toSeconds() < 1 || within.toSeconds() < 1) {
      throw unusable("a time is shorter than 1 s", kind.line() + " --every 5s --within 2m");
    }
    if (!kind.onInstance() && within.toSeconds() / every.toSeconds() > MOST_LOOKS) {
      throw unusable(
          "OOS looks " + MOST_LOOKS + " times at most", kind.line() + " with a longer --every");
    }
    if (times < 1) {
      throw unusable("at least one answer must be healthy", kind.line() + " --times 3");
    }
    long least = every.toSeconds() * (times - 1L);
    if (least >= within.toSeconds()) {
      throw unusable(
          times
              + " answers, "
              + every.toSeconds()
              + " s from one to the next, do not fit into "
              + within.toSeconds()
              + " s",
          kind.line() + " --within " + (least + every.toSeconds()) + "s");
    }
  }

  private static void requireAddress(Kind kind, String subject) {
    var matcher = (kind == Kind.HTTP ? HTTP : TCP).matcher(subject);
    boolean valid = matcher.matches();
    int port = valid ? Integer.parseInt(matcher.group(1)) : 0;
    if (valid && (port < 1 || port > LAST_PORT)) {
      throw unusable("a port is 1 to " + LAST_PORT, kind.line());
    }
    if (!valid) {
      throw unusable(
          kind == Kind.HTTP
              ? "\"" + subject + "\" is not PORT/PATH of letters, digits and . _ ~ / ? = & % -"
              : "\"" + subject + "\" is not a port",
          kind.line());
    }
  }

  private static Problem unusable(String why, String next) {
    return Problem.usage("cannot stage that gate", why, next);
  }

  /** {@code http 8080/health}, {@code lb}. */
  public String name() {
    return subject.isEmpty() ? kind.word() : kind.word() + " " + subject;
  }

  /** Whether it takes the place of the other, where both are staged. */
  boolean replaces(Gate other) {
    return kind == other.kind && (kind == Kind.ALARM || subject.equals(other.subject));
  }

  /** The alarm rules that it looks at, by their ids. */
  public List<String> rules() {
    return kind == Kind.ALARM ? List.of(subject.split(",", -1)) : List.of();
  }

  /** The port that is asked. */
  public int port() {
    return Integer.parseInt(subject.replaceFirst("/.*", ""));
  }

  /** The port that is asked in a rehearsal: nothing can listen below 1024 there. */
  public int portInSteps() {
    return port() < FIRST_OF_ALL ? port() + ABOVE : port();
  }
}
