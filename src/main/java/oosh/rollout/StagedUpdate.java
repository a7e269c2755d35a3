package oosh.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is staged for the next launch. A null says "not staged": the template's default will hold.
 *
 * @param other the template's parameters that were staged, by name: String, Long, Double, Boolean,
 *     List, Map
 * @param back what a rollback sends instead of them, or beside them
 * @param tuning what only oosh's own template can do
 */
public record StagedUpdate(
    @Nullable Script script,
    @Nullable Script rollbackScript,
    @Nullable CommandType commandType,
    @Nullable BatchSizing batches,
    @Nullable BatchPause pause,
    @Nullable OnFailure onFailure,
    @Nullable String role,
    @Nullable ProcessSuspension suspend,
    Map<String, Object> other,
    Map<String, Object> back,
    RolloutStrategy tuning) {
  public static final StagedUpdate EMPTY =
      new StagedUpdate(
          null, null, null, null, null, null, null, null, Map.of(), Map.of(), RolloutStrategy.NONE);

  public StagedUpdate {
    other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
    back = Collections.unmodifiableMap(new LinkedHashMap<>(back));
  }

  /** How many things are staged: the number behind the prompt's dot. */
  public int count() {
    int n = payloads().size() + parametersWithoutVerb().size() + tuning.count();
    for (Object o :
        new Object[] {script, rollbackScript, batches, pause, onFailure, role, suspend}) {
      n += o == null ? 0 : 1;
    }
    return n;
  }

  public CommandType commandTypeOrDefault() {
    return commandType == null ? CommandType.SHELL : commandType;
  }

  public BatchSizing batchesOrDefault() {
    return batches == null ? BatchSizing.DEFAULT : batches;
  }

  public BatchPause pauseOrDefault() {
    return pause == null ? BatchPause.NEVER : pause;
  }

  public OnFailure onFailureOrDefault() {
    return onFailure == null ? OnFailure.STOP : onFailure;
  }

  public ProcessSuspension suspendOrDefault() {
    return suspend == null ? ProcessSuspension.ALL : suspend;
  }

  public StagedUpdate withScript(@Nullable Script s, @Nullable CommandType type) {
    return new StagedUpdate(
        s, rollbackScript, type, batches, pause, onFailure, role, suspend, other, back, tuning);
  }

  public StagedUpdate withRollbackScript(@Nullable Script s) {
    return new StagedUpdate(
        script, s, commandType, batches, pause, onFailure, role, suspend, other, back, tuning);
  }

  public StagedUpdate withBatches(@Nullable BatchSizing b) {
    return new StagedUpdate(
        script,
        rollbackScript,
        commandType,
        b,
        pause,
        onFailure,
        role,
        suspend,
        other,
        back,
        tuning);
  }

  public StagedUpdate withPause(@Nullable BatchPause p) {
    return new StagedUpdate(
        script,
        rollbackScript,
        commandType,
        batches,
        p,
        onFailure,
        role,
        suspend,
        other,
        back,
        tuning);
  }

  public StagedUpdate withOnFailure(@Nullable OnFailure f) {
    return new StagedUpdate(
        script, rollbackScript, commandType, batches, pause, f, role, suspend, other, back, tuning);
  }

  public StagedUpdate withRole(@Nullable String r) {
    return new StagedUpdate(
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        onFailure,
        r,
        suspend,
        other,
        back,
        tuning);
  }

  public StagedUpdate withSuspend(@Nullable ProcessSuspension s) {
    return new StagedUpdate(
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        onFailure,
        role,
        s,
        other,
        back,
        tuning);
  }

  /** With that template parameter set, or without it if {@code value} is null. */
  public StagedUpdate withOther(String name, @Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(other);
    if (value == null) {
      copy.remove(name);
    } else {
      copy.put(name, value);
    }
    return with(copy, back);
  }

  /** With these parameters of that payload and no other ones. */
  public StagedUpdate withPayload(
      Payload payload, Map<String, Object> values, Map<String, Object> valuesBack) {
    Map<String, Object> copy = new LinkedHashMap<>(other);
    payload.parameters().forEach(copy::remove);
    copy.putAll(values);
    Map<String, Object> copyBack = new LinkedHashMap<>(back);
    payload.back().forEach(copyBack::remove);
    copyBack.putAll(valuesBack);
    return with(copy, copyBack);
  }

  public StagedUpdate withoutPayload(Payload payload) {
    return withPayload(payload, Map.of(), Map.of());
  }

  private StagedUpdate with(Map<String, Object> others, Map<String, Object> backs) {
    return new StagedUpdate(
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        onFailure,
        role,
        suspend,
        others,
        backs,
        tuning);
  }

  /** What is staged for the templates that take more than a script. */
  public List<Payload> payloads() {
    return Arrays.stream(Payload.values()).filter(p -> p.in(other)).toList();
  }

  /** The parameters that were staged one by one. */
  public Map<String, Object> parametersWithoutVerb() {
    Map<String, Object> loose = new LinkedHashMap<>(other);
    loose.keySet().removeIf(name -> Payload.of(name, other).isPresent());
    return loose;
  }

  /** What is staged and that method cannot do, in words; "" if nothing is. */
  public String unsupportedBy(UpdateMethod method) {
    return beyonds(method).stream().map(Beyond::words).collect(Collectors.joining(", "));
  }

  /** The lines that take all of it back; "" if there is nothing. */
  public String withoutBeyond(UpdateMethod method) {
    return beyonds(method).stream()
        .flatMap(b -> b.names().stream())
        .distinct()
        .map(name -> "unstage " + name)
        .collect(Collectors.joining(", then "));
  }

  /**
   * Something that a method cannot do.
   *
   * @param names by which it is unstaged
   */
  private record Beyond(String words, List<String> names) {
    Beyond(String words, String name) {
      this(words, List.of(name));
    }
  }

  /** What is fetched is followed by a script of the system's own kind (source: the templates). */
  private static boolean takes(UpdateMethod method, CommandType type) {
    return type == CommandType.SHELL
        || method.declares("commandType")
        || (type == CommandType.POWERSHELL
            && method.payload().filter(Payload::fetched).isPresent());
  }

  private List<Beyond> beyonds(UpdateMethod method) {
    List<Beyond> all = new ArrayList<>();
    if (script != null && !method.runsScript()) {
      all.add(new Beyond("a script", "script"));
    } else if (!takes(method, commandTypeOrDefault())) {
      all.add(new Beyond("a " + commandTypeOrDefault().word(), "script"));
    }
    if (rollbackScript != null && !method.declares("rollbackScript")) {
      all.add(new Beyond("a rollback script", "rollback"));
    }
    if (!method.usesOoshTemplate()) {
      RolloutStrategy rest = method.takesMaxErrors() ? tuning.withMaxErrors("") : tuning;
      if (!rest.isEmpty()) {
        all.add(new Beyond(rest.describeUnsupported(), rest.names()));
      }
    }
    if (batches != null && !method.declares("batchNumber")) {
      all.add(new Beyond("batches", "batch"));
    }
    if (pause != null && !method.declares("batchPauseOption")) {
      all.add(new Beyond("a pause", "pause"));
    }
    if (suspend != null && !method.declares("enterProcess")) {
      all.add(new Beyond("scaling processes", "suspend"));
    }
    if (role != null && !method.declares("OOSAssumeRole")) {
      all.add(new Beyond("a role", "role"));
    }
    payloads().stream()
        .filter(p -> !method.declares(p.main()))
        .map(p -> new Beyond(p.words(), p.word()))
        .forEach(all::add);
    parametersWithoutVerb().keySet().stream()
        .filter(name -> !method.declares(name))
        .map(name -> new Beyond(name, name))
        .forEach(all::add);
    return all;
  }

  public StagedUpdate withTuning(RolloutStrategy t) {
    return new StagedUpdate(
        script,
        rollbackScript,
        commandType,
        batches,
        pause,
        onFailure,
        role,
        suspend,
        other,
        back,
        t);
  }

  /**
   * What was launched, staged again: its script, its way back, its batches and its parameters.
   *
   * @param launch as the journal has it, with its script's text
   * @param sent the template's parameters as they were sent
   */
  static StagedUpdate ofLaunch(JournalEntry launch, Map<String, Object> sent) {
    Set<ScalingProcess> processes = EnumSet.noneOf(ScalingProcess.class);
    if (sent.get("enterProcess") instanceof List<?> words) {
      words.forEach(w -> ScalingProcess.of(String.valueOf(w)).ifPresent(processes::add));
    }
    StagedUpdate staging =
        EMPTY
            .withScript(launch.script(), launch.commandType())
            .withRollbackScript(launch.rollbackScript())
            // A template that oosh does not know may have no word for these.
            .withBatches(told(launch, sent, "batchNumber") ? launch.batches() : null)
            .withPause(told(launch, sent, "batchPauseOption") ? launch.pause() : null)
            .withRole(launch.role().isEmpty() ? null : launch.role())
            .withSuspend(
                told(launch, sent, "enterProcess") ? new ProcessSuspension(processes) : null)
            .withTuning(launch.tuning());
    Map<String, Object> others = new LinkedHashMap<>();
    for (Map.Entry<String, Object> p : sent.entrySet()) {
      // What was sent because the template wants a value was not staged.
      if (stagedByName(launch.method(), p.getKey())
          && !p.getValue().equals("")
          && !(p.getKey().equals("timeout")
              && p.getValue().equals((long) Script.TIMEOUT_SECONDS))) {
        others.put(p.getKey(), p.getValue());
      }
    }
    return staging.with(others, launch.back());
  }

  private static boolean told(JournalEntry launch, Map<String, Object> sent, String parameter) {
    return !launch.method().isUserTemplate() || sent.containsKey(parameter);
  }

  private static boolean stagedByName(UpdateMethod method, String parameter) {
    return method.usesOoshTemplate()
        ? method.otherParameters().stream().anyMatch(p -> p.name().equals(parameter))
        : method.verb(parameter).isEmpty()
            || method.payload().filter(p -> p.parameters().contains(parameter)).isPresent();
  }

  /**
   * Whether an entry is the launch of what is staged, for that reason: the same line typed again.
   */
  public boolean isLaunchedBy(JournalEntry entry, Context at, String reason) {
    return !entry.rollback()
        && entry.group().equals(at.group())
        && entry.method().equals(at.method())
        && entry.other().equals(other())
        && entry
            .back()
            .equals(at.method().payload().map(p -> p.rollbackValues(back())).orElse(Map.of()))
        && same(entry.script(), script)
        && same(entry.rollbackScript(), rollbackScript)
        && entry.commandType() == commandTypeOrDefault()
        && entry.tuning().equals(tuning)
        && (!tuning.steps().isEmpty() || entry.batches().equals(batchesOrDefault()))
        && entry.pause() == pauseOrDefault()
        && entry.role().equals(role == null ? "" : role)
        && entry.reason().equals(reason);
  }

  private static boolean same(@Nullable Script one, @Nullable Script other) {
    return Objects.equals(sha(one), sha(other));
  }

  private static @Nullable String sha(@Nullable Script script) {
    return script == null ? null : script.sha256();
  }
}
