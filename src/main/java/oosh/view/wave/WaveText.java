package oosh.view.wave;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.RolloutFile;
import oosh.view.document.Tone;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/** The words that all screens of a rollout share; all of them are safe. */
final class WaveText {
  /** How many groups a sentence names. */
  private static final int NAMED = 8;

  /** In columns: names are foreign, and of any length. */
  private static final int LONGEST_NAME = 24;

  private WaveText() {}

  /** {@code asg-bp1web "web"}. */
  static String group(GroupOfWave group) {
    return TextSanitizer.line(group.group())
        + (group.name().isEmpty()
            ? ""
            : " \"" + TextWidth.cut(TextSanitizer.line(group.name()), LONGEST_NAME) + "\"");
  }

  /** {@code asg-a, asg-b and 7 more}. */
  static String names(Collection<GroupProgress> groups) {
    return DescriptionList.list(groups.stream().map(g -> g.group().group()).toList(), NAMED);
  }

  /** The same, each with its execution: {@code asg-a (exec-6f1c)}. */
  static String namesWithExecutions(Collection<GroupProgress> groups) {
    return DescriptionList.list(
        groups.stream()
            .map(
                g ->
                    g.group().group()
                        + (g.executionId() == null ? "" : " (" + g.executionId() + ")"))
            .toList(),
        NAMED);
  }

  static String groups(long n) {
    return DescriptionList.count(n, "group");
  }

  /** {@code (33%)}, rounded as that of one group. */
  static String share(int out, int of) {
    return of == 0 ? "" : " (" + Math.round(100.0 * out / of) + "%)";
  }

  /** The word of a phase, for a sentence and for JSON with a hyphen. */
  static String word(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Where a group is, in one or two words; the status as OOS has it, where it is of OOS. */
  static String word(GroupProgress g) {
    GroupStart launch = g.launch();
    return switch (g.phase()) {
      case TO_START -> launch == null ? "to start" : "refused";
      case LEFT_OUT -> "left out";
      case UNANSWERED -> "unanswered";
      case RUNNING -> "Running";
      case WAITING -> "Waiting";
      case SUCCESS -> "Success";
      case FAILED -> launch == null ? "Failed" : ended(launch);
      case GOING_BACK -> "going back";
      case ROLLED_BACK -> "rolled back";
      case ROLLBACK_FAILED -> "rollback failed";
    };
  }

  /** The same where nothing goes on by itself. */
  static String settled(GroupProgress g) {
    return g.phase() == Phase.TO_START && g.launch() == null ? "not started" : word(g);
  }

  /** A start that OOS has forgotten has no known end. */
  private static String ended(GroupStart start) {
    ExecutionStatus status = start.status();
    return start.forgotten() || status == null ? "unknown" : TextSanitizer.line(status.word());
  }

  static String coloured(GroupProgress g, String text, Style style) {
    return switch (tone(g)) {
      case GOOD -> style.ok(text);
      case BAD -> style.bad(text);
      case CAREFUL -> style.warn(text);
      case PLAIN -> text;
    };
  }

  static Tone tone(GroupProgress g) {
    return switch (g.phase()) {
      case SUCCESS -> Tone.GOOD;
      case FAILED, ROLLBACK_FAILED -> Tone.BAD;
      case WAITING, UNANSWERED, LEFT_OUT, ROLLED_BACK, GOING_BACK -> Tone.CAREFUL;
      case TO_START -> g.launch() == null ? Tone.PLAIN : Tone.BAD;
      case RUNNING -> Tone.PLAIN;
    };
  }

  /** {@code 12 Success, 3 Running, 37 to start}: what is worth a look comes first. */
  static String counts(Collection<GroupProgress> groups) {
    return counts(groups, WaveText::word);
  }

  /** The same, each as the function calls it. */
  static String counts(Collection<GroupProgress> groups, Function<GroupProgress, String> word) {
    Map<Phase, Map<String, Integer>> counts = new EnumMap<>(Phase.class);
    groups.forEach(
        g ->
            counts
                .computeIfAbsent(g.phase(), p -> new LinkedHashMap<>())
                .merge(word.apply(g), 1, Integer::sum));
    return List.of(
            Phase.ROLLBACK_FAILED,
            Phase.FAILED,
            Phase.UNANSWERED,
            Phase.WAITING,
            Phase.RUNNING,
            Phase.GOING_BACK,
            Phase.ROLLED_BACK,
            Phase.SUCCESS,
            Phase.LEFT_OUT,
            Phase.TO_START)
        .stream()
        .filter(counts::containsKey)
        .flatMap(p -> Objects.requireNonNull(counts.get(p)).entrySet().stream())
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  /** What the file puts on an instance: {@code deploy.sh 3f9a1c}, or the method's word. */
  static String version(RolloutFile file) {
    Script script = file.spec().script();
    return script == null ? TextSanitizer.line(file.method().word()) : script(script);
  }

  /** {@code deploy.sh 3f9a1c}. */
  static String script(Script script) {
    return TextSanitizer.line(script.name()) + " " + script.shortSha();
  }

  /**
   * What a group has now, as far as it is known: {@code deploy.sh 3f9a1c on 2 of 6}.
   *
   * @param file null where it cannot be read
   */
  static String has(GroupProgress g, @Nullable RolloutFile file) {
    String since = g.since();
    return hasOfRollout(g, file)
        + (since == null ? "" : "; then " + TextSanitizer.line(since) + " was launched there");
  }

  private static String hasOfRollout(GroupProgress g, @Nullable RolloutFile file) {
    String version = file == null ? "the update" : version(file);
    GroupStart launch = g.launch();
    GroupStart back = g.back();
    String on = launch == null ? "" : version + " on " + all(g, launch);
    boolean forgotten = launch != null && launch.forgotten();
    String lastSeen = "not known: OOS has forgotten it; " + on + " when last seen";
    return switch (g.phase()) {
      case TO_START ->
          "as before" + (launch == null || launch.why().isEmpty() ? "" : ": " + why(launch));
      case LEFT_OUT ->
          (!g.isTouched() ? "as before" : forgotten ? lastSeen : on)
              + "; "
              + TextSanitizer.line(g.leftOut());
      case UNANSWERED ->
          back != null && !back.never()
              ? on + "; a rollback was not answered, and may run"
              : "not known: the start was not answered";
      case RUNNING, WAITING -> on + " so far";
      case SUCCESS -> on;
      case FAILED -> forgotten ? lastSeen : on + ", perhaps in part on others";
      case GOING_BACK -> "as before on " + share(back) + " so far; the others have " + version;
      case ROLLED_BACK ->
          back == null || back.never()
              ? "as before: OOS rolled it back"
              : "as before: "
                  + undo(file)
                  + (g.earlier().isEmpty() ? " on " + share(back) : " on all that was touched");
      case ROLLBACK_FAILED ->
          back != null && back.forgotten()
              ? "not known: OOS has forgotten its rollback; as before on "
                  + share(back)
                  + " when last seen"
              : "as before on " + share(back) + "; not known on the others";
    };
  }

  private static String undo(@Nullable RolloutFile file) {
    Script undo = file == null ? null : file.spec().rollbackScript();
    return undo == null ? "rolled back" : script(undo);
  }

  /** On how many instances of the group, by all its launches together. */
  private static String all(GroupProgress g, GroupStart newest) {
    if (g.earlier().isEmpty()) {
      return share(newest);
    }
    int succeeded = newest.succeeded() + g.earlier().stream().mapToInt(GroupStart::succeeded).sum();
    int total = Math.max(newest.total(), g.earlier().get(0).total());
    return Math.min(succeeded, total) + " of " + total;
  }

  private static String share(@Nullable GroupStart start) {
    return start == null
        ? "?"
        : start.succeeded() + " of " + (start.total() == 0 ? "?" : start.total());
  }

  static String why(GroupStart start) {
    return TextSanitizer.line(start.why());
  }

  /** The scripts' names and what else says what is launched. */
  static String sizing(UpdateSpec spec) {
    return TextSanitizer.line(spec.batchesOrDefault().words())
        + "; "
        + spec.pauseOrDefault().sentence();
  }

  /** What failures of groups stop. */
  static String failures(RolloutFile file) {
    int most = file.maxFailures();
    return most == 0
        ? "at the first failed group nothing more is started"
        : "up to " + groups(most) + " may fail; after that nothing more is started";
  }

  /** {@code 12:03:05}; of another day {@code 2026-11-24 12:03:05}. */
  static String clock(Instant at, Instant now) {
    LocalDate day = LocalDate.ofInstant(at, ZoneId.systemDefault());
    return (day.equals(LocalDate.ofInstant(now, ZoneId.systemDefault())) ? "" : day + " ")
        + TimeText.clock(at);
  }

  /** In whole seconds, for what is estimated or far away. */
  static String span(Instant from, Instant to) {
    return TimeText.span(Duration.ofSeconds(Math.max(0, Duration.between(from, to).toSeconds())));
  }
}
