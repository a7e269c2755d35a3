package oosh.shell;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.Choices;
import oosh.rollout.record.History;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.NoJournal;
import oosh.rollout.record.Progress;
import oosh.rollout.record.StartLog;
import oosh.rollout.start.RolloutStarter;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.watch.ExecutionWatcher;
import oosh.shell.screen.AnswerPrinter;
import oosh.shell.screen.Screen;
import oosh.view.ProblemView;
import oosh.view.format.OutputForm;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/**
 * What lasts as long as the shell, the session file or the {@code -c} line: context and staging.
 * Nothing of it is kept on disk, so that no later shell launches on a group by surprise.
 */
public final class Session {
  private final Backends backends;
  private Screen screen;
  private volatile Context context;
  private UpdateSpec staging = UpdateSpec.EMPTY;

  /** What was staged when the last launch was started. */
  private UpdateSpec launched = UpdateSpec.EMPTY;

  private volatile @Nullable ScalingGroup group;
  private @Nullable Cloud cloud;
  private boolean left;
  private final Map<Class<?>, Object> parts = new ConcurrentHashMap<>();
  private @Nullable CommandRunner shell;
  private @Nullable Function<Session, CommandRunner> shells;
  private @Nullable String asked;
  private @Nullable String unanswered;
  private @Nullable SessionPlayback playing;
  private volatile @Nullable Progress seen;
  private volatile @Nullable Journal standIn;
  private final Map<String, Path> files = new HashMap<>();

  /**
   * @param region given on the command line, or null
   * @param group given on the command line, or null; ESS is asked about it when a verb needs it
   */
  public Session(
      Backends backends,
      Screen screen,
      Profile profile,
      @Nullable String region,
      @Nullable String group) {
    this.backends = backends;
    this.screen = screen;
    this.context =
        new Context(profile.name(), regionOf(profile, region), group, UpdateMethod.RUN_SCRIPT);
  }

  /** The region given, else the profile's; "" where neither names one: it has to be chosen. */
  public static String regionOf(Profile profile, @Nullable String region) {
    return region != null ? region : profile.region() != null ? profile.region() : "";
  }

  public Backends backends() {
    return backends;
  }

  public Screen screen() {
    return screen;
  }

  public void show(Screen next) {
    screen = next;
  }

  public Context context() {
    return context;
  }

  /**
   * Moves; what is staged stays, the group's figures do not.
   *
   * @return whether it has left a group
   */
  public boolean move(Context next, @Nullable ScalingGroup nextGroup) {
    boolean left =
        context.chosenGroup().isPresent()
            && !(context.chosenGroup().equals(next.chosenGroup())
                && context.region().equals(next.region())
                && context.profile().equals(next.profile()));
    if (!next.profile().equals(context.profile()) || !next.region().equals(context.region())) {
      cloud = null;
      // What a template is like is told for a profile and a region.
      next = next.withMethod(UpdateMethod.of(next.method().word()).orElse(next.method()));
    }
    context = next;
    group = nextGroup;
    return left;
  }

  public UpdateSpec staging() {
    return staging;
  }

  public void stage(UpdateSpec next) {
    staging = next;
  }

  /** Stages what was staged before a line that staged more; launched with that, it was launched. */
  public void stageBack(UpdateSpec before) {
    launched = staging.equals(launched) ? before : launched;
    staging = before;
  }

  /** Where staged scripts came from, by role ({@code script}, {@code rollback}). */
  public Map<String, Path> files() {
    return files;
  }

  /** The group as last read from ESS; null if none is chosen. */
  public @Nullable ScalingGroup group() {
    return group;
  }

  public Cloud cloud() {
    if (cloud == null) {
      cloud = cloud(context.profile(), context.region());
    }
    return cloud;
  }

  /** The services of a place that may have been left since, opened anew. */
  public Cloud cloud(String profile, String region) {
    return backends.profiles().open(backends.profiles().named(profile), region);
  }

  /** The method that is in use, now that more is known of its template. */
  public void updateMethodTemplate(UpdateMethod known) {
    if (known.equals(context.method())) {
      context = context.withMethod(known);
    }
  }

  public Journal journal() {
    return Objects.requireNonNullElseGet(standIn, backends::journal);
  }

  public StartLog starts() {
    return journal().starts();
  }

  public History history() {
    return journal().history();
  }

  public Choices choices() {
    return journal().choices();
  }

  /**
   * Goes on without the journal where a newer oosh has brought that up to date: for what was
   * confirmed before. {@link #journalAgain} ends it.
   *
   * @param known what was read of the journal while it could be
   * @return whether to try again what the journal has refused
   */
  public boolean goesOnWithout(NoJournal known) {
    if (standIn != null || !backends.journal().outdated()) {
      return false;
    }
    standIn = known.journal();
    note(
        "a newer oosh has migrated the journal: the rollback is not recorded here; start this"
            + " shell again when it has ended");
    return true;
  }

  public void journalAgain() {
    standIn = null;
  }

  public RolloutStarter rollouts() {
    return new RolloutStarter(
        cloud().executions(),
        starts(),
        backends.pace(),
        backends.author(),
        () -> asked = backends.tokens().get(),
        backends.notices().addresses(context.profile()));
  }

  public ExecutionWatcher watch() {
    return new ExecutionWatcher(
        context, cloud().executions(), starts(), backends.pace(), this::say);
  }

  /** Polls an execution, with the total from its plan in the journal. */
  public Progress look(String id) {
    Progress progress = watch().look(id, entry(id).map(JournalEntry::total).orElse(0));
    seen = progress;
    return progress;
  }

  /** The journal's entry of an execution; empty also where the journal cannot be read. */
  public Optional<JournalEntry> entry(String id) {
    try {
      return starts().find(id);
    } catch (Problem p) {
      return Optional.empty();
    }
  }

  public void setLastProgress(Progress progress) {
    seen = progress;
  }

  /** The last poll of any execution: what Tab knows of its instances. */
  public @Nullable Progress lastProgress() {
    return seen;
  }

  /** Remembers the token of a start if its answer was lost. */
  public Execution starting(Supplier<Execution> start) {
    try {
      Execution started = start.get();
      clearLostStart();
      if (!started.isRollback()) {
        launched = staging;
      }
      return started;
    } catch (Problem | Interrupted thrown) {
      unanswered = Interrupted.problemOf(thrown).kind() == Problem.Kind.UNCERTAIN ? asked : null;
      throw thrown;
    }
  }

  /** The token of the start whose answer this shell has lost. */
  public Optional<String> unanswered() {
    return Optional.ofNullable(unanswered);
  }

  public void clearLostStart() {
    unanswered = null;
  }

  /** The chosen group as ESS tells it now; a {@link Problem} if there is none. */
  public ScalingGroup readGroup() {
    return readGroup(context.needGroup());
  }

  public ScalingGroup readGroup(String id) {
    ScalingGroup read = cloud().groups().need(id, context.region());
    if (id.equals(context.group())) {
      group = read;
    }
    return read;
  }

  /** The session file that is being played; null while a person types. */
  public @Nullable SessionPlayback playing() {
    return playing;
  }

  /** Whether this is a check: it writes no file. */
  public boolean isChecked() {
    return playing != null && playing.isCheck();
  }

  public void play(@Nullable SessionPlayback next) {
    playing = next;
  }

  /** Whether something was staged and never launched. */
  public boolean isUnlaunched() {
    return staging.count() > 0 && !staging.equals(launched);
  }

  /** Prints a part of the answer. */
  public void print(String text) {
    answers().print(text, screen);
  }

  public AnswerPrinter answers() {
    return part(AnswerPrinter.class, session -> new AnswerPrinter());
  }

  /** Prints a line beside the answer: a plan, what was done, a problem. */
  public void say(String line) {
    screen.notes().println(line);
  }

  /** Prints advice beside the answer, or what to type next; nothing if there is none. */
  public void note(String sentence) {
    if (!sentence.isEmpty()) {
      say(style().advice(sentence));
    }
  }

  /** Prints a problem without secrets: it may quote a word that was typed. */
  public void say(Problem p, OutputForm form) {
    say(masked(ProblemView.of(p, form, style())));
  }

  /**
   * Asks a yes-no question.
   *
   * @param flag the option that answers it
   * @param declined what does not happen after a no
   * @param next what to type then
   * @throws Problem DECLINED after a no; REFUSED if the user cannot be asked
   */
  public void requireYes(String question, String flag, String declined, String next) {
    String typed = screen.answer(question, flag);
    if (!Screen.yes(typed)) {
      throw Problem.of(Problem.Kind.DECLINED, declined, Screen.declined(typed), next);
    }
  }

  public Style style() {
    return screen.style();
  }

  public Instant now() {
    return backends.pace().instant();
  }

  public Initiator author() {
    return backends.author();
  }

  /** The text without the secrets of the profiles. */
  public String masked(String text) {
    return backends.profiles().masked(text);
  }

  /**
   * Writes down how the source ended. The journal's trouble is no reason to stop half-way: the
   * intent that follows must be kept, or nothing is started.
   */
  public void noteEnd(Execution source) {
    try {
      starts().recordObservation(context(), look(source.id()));
    } catch (Problem p) {
      return; // The next look at the execution writes it down.
    }
  }

  /** Tells the session its shell, for verbs that run others; and how to make that of another. */
  void useShell(CommandRunner own, Function<Session, CommandRunner> others) {
    shell = own;
    shells = others;
  }

  public CommandRunner shell(Session other) {
    return Objects.requireNonNull(shells, "no shell yet").apply(other);
  }

  public CommandRunner shell() {
    return Objects.requireNonNull(shell, "no shell yet");
  }

  /** What a verb keeps for as long as the session lasts; made when it is asked for first. */
  public <T> T part(Class<T> type, Function<Session, T> make) {
    if (!parts.containsKey(type)) {
      parts.putIfAbsent(type, make.apply(this));
    }
    return type.cast(parts.get(type));
  }

  public void requestExit() {
    left = true;
  }

  public boolean exitRequested() {
    return left;
  }
}
