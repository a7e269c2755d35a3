package oosh.rollout.update;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.OnFailure;
import org.jspecify.annotations.Nullable;

/**
 * What an update is told: what is staged, launched and kept in the journal. A null says that
 * nothing was chosen: the template's default holds. A rollback has a spec of its own, without a
 * script that runs forward.
 *
 * @param script null where none runs forward
 * @param rollbackScript what a rollback runs; null if there is none
 * @param role the RAM role that OOS assumes; "" leaves the choice to OOS
 * @param suspension the scaling processes that are to be suspended meanwhile; null in the journal,
 *     too
 * @param extraParameters the template's other parameters, the payload's among them, by name:
 *     String, Long, Double, Boolean, List, Map
 * @param rollbackValues what a rollback sends instead of them, or beside them
 * @param strategy what only oosh's own template can do
 * @param gates what must be healthy before it goes on
 */
public record UpdateSpec(
    @Nullable Script script,
    @Nullable Script rollbackScript,
    CommandType commandType,
    @Nullable BatchSizing batches,
    @Nullable BatchPause pause,
    @Nullable OnFailure onFailure,
    String role,
    @Nullable ProcessSuspension suspension,
    Map<String, Object> extraParameters,
    Map<String, Object> rollbackValues,
    RolloutStrategy strategy,
    Gates gates) {
  public static final UpdateSpec EMPTY =
      new UpdateSpec(
          null,
          null,
          CommandType.SHELL,
          null,
          null,
          null,
          "",
          null,
          Map.of(),
          Map.of(),
          RolloutStrategy.NONE,
          Gates.NONE);

  public UpdateSpec {
    extraParameters = Collections.unmodifiableMap(new LinkedHashMap<>(extraParameters));
    rollbackValues = Collections.unmodifiableMap(new LinkedHashMap<>(rollbackValues));
  }

  /** How many things are chosen: the number behind the prompt's dot. */
  public int count() {
    int n = payloads().size() + parametersWithoutVerb().size();
    n += strategy.count() + gates.count();
    for (Object o : new Object[] {script, rollbackScript, batches, pause, onFailure, suspension}) {
      n += o == null ? 0 : 1;
    }
    return role.isEmpty() ? n : n + 1;
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

  public ProcessSuspension suspensionOrDefault() {
    return suspension == null ? ProcessSuspension.ALL : suspension;
  }

  /**
   * The sizes of the batches for that many instances, first one first; of the public template's as
   * assumed. Canaries have a batch of their own.
   *
   * @throws Problem if that is more batches than OOS takes
   */
  public List<Integer> sizes(int instances) {
    List<Integer> sizes = new ArrayList<>();
    int canaries = Math.min(instances, strategy.canaries());
    if (canaries > 0) {
      sizes.add(canaries);
    }
    int rest = instances - canaries;
    if (rest > 0) {
      sizes.addAll(
          strategy.steps().isEmpty()
              ? BatchSizing.sizes(rest, batchesOrDefault().numberFor(rest))
              : strategy.sizes(rest));
    }
    return sizes;
  }

  /** {@code 1 canary, then 2 batches of 2}: batches of these {@link #sizes}. */
  public String describe(List<Integer> sizes) {
    int canaries = sizes.isEmpty() ? 0 : Math.min(sizes.get(0), strategy.canaries());
    List<Integer> rest = sizes.subList(canaries > 0 ? 1 : 0, sizes.size());
    String first = canaries == 0 ? "" : canaries + (canaries == 1 ? " canary" : " canaries");
    if (rest.isEmpty()) {
      return first;
    }
    String words =
        strategy.steps().isEmpty() ? BatchSizing.describe(rest) : RolloutStrategy.list(rest);
    return canaries == 0 ? words : first + ", then " + words;
  }

  public UpdateSpec withScript(@Nullable Script s, CommandType type) {
    return with(
        d -> {
          d.script = s;
          d.commandType = type;
        });
  }

  public UpdateSpec withRollbackScript(@Nullable Script s) {
    return with(d -> d.rollbackScript = s);
  }

  public UpdateSpec withBatches(@Nullable BatchSizing b) {
    return with(d -> d.batches = b);
  }

  public UpdateSpec withPause(@Nullable BatchPause p) {
    return with(d -> d.pause = p);
  }

  public UpdateSpec withOnFailure(@Nullable OnFailure f) {
    return with(d -> d.onFailure = f);
  }

  public UpdateSpec withRole(String r) {
    return with(d -> d.role = r);
  }

  public UpdateSpec withSuspension(@Nullable ProcessSuspension s) {
    return with(d -> d.suspension = s);
  }

  public UpdateSpec withStrategy(RolloutStrategy s) {
    return with(d -> d.strategy = s);
  }

  public UpdateSpec withGates(Gates g) {
    return with(d -> d.gates = g);
  }

  public UpdateSpec withExtraParameters(Map<String, Object> all) {
    return with(d -> d.extraParameters = all);
  }

  public UpdateSpec withRollbackValues(Map<String, Object> all) {
    return with(d -> d.rollbackValues = all);
  }

  /** With that template parameter set, or without it if {@code value} is null. */
  public UpdateSpec withExtraParameter(String name, @Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(extraParameters);
    if (value == null) {
      copy.remove(name);
    } else {
      copy.put(name, value);
    }
    return withExtraParameters(copy);
  }

  /** With these parameters of that payload and no other ones. */
  public UpdateSpec withPayload(
      Payload payload, Map<String, Object> values, Map<String, Object> valuesOfRollback) {
    Map<String, Object> copy = new LinkedHashMap<>(extraParameters);
    payload.parameters().forEach(copy::remove);
    copy.putAll(values);
    Map<String, Object> copyBack = new LinkedHashMap<>(rollbackValues);
    payload.back().forEach(copyBack::remove);
    copyBack.putAll(valuesOfRollback);
    return withExtraParameters(copy).withRollbackValues(copyBack);
  }

  public UpdateSpec withoutPayload(Payload payload) {
    return withPayload(payload, Map.of(), Map.of());
  }

  /** The time limit that was staged for the script, in seconds. */
  public Optional<Long> timeout() {
    return extraParameters.get("timeout") instanceof Long seconds
        ? Optional.of(seconds)
        : Optional.empty();
  }

  /** How long what is sent has on each instance, in seconds: gates come on top of a time limit. */
  public long commandSeconds() {
    return timeout().map(t -> t + gates.seconds()).orElse((long) Script.TIMEOUT_SECONDS);
  }

  /** All that it has instances run. */
  public List<Script> scripts() {
    return Stream.concat(
            Stream.of(script, rollbackScript), gates.gates().stream().map(Gate::script))
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /** The text that is sent for a script of it. */
  public String sent(Script of) {
    return new ProbedScript(of, gates).text();
  }

  /** What is staged for the templates that take more than a script. */
  public List<Payload> payloads() {
    return Arrays.stream(Payload.values()).filter(p -> p.in(extraParameters)).toList();
  }

  /** The parameters that were staged one by one. */
  public Map<String, Object> parametersWithoutVerb() {
    Map<String, Object> loose = new LinkedHashMap<>(extraParameters);
    loose.keySet().removeIf(name -> Payload.of(name, extraParameters).isPresent());
    return loose;
  }

  /** What is staged and that method cannot do, in words; "" if nothing is. */
  public String unsupportedBy(UpdateMethod method) {
    return beyonds(method).stream().map(Beyond::words).collect(Collectors.joining(", "));
  }

  /**
   * Where it is launched: with oosh's own template in place of run-script's, if only that can do
   * what is staged.
   */
  public Context contextOf(Context chosen) {
    boolean needsOwn =
        chosen.method().equals(UpdateMethod.RUN_SCRIPT)
            && !unsupportedBy(chosen.method()).isEmpty()
            && unsupportedBy(UpdateMethod.RUN_SCRIPT_OOSH).isEmpty();
    return needsOwn ? chosen.withMethod(UpdateMethod.RUN_SCRIPT_OOSH) : chosen;
  }

  /** The lines that take all of it back; "" if there is nothing. */
  public String withoutBeyond(UpdateMethod method) {
    return beyonds(method).stream()
        .flatMap(b -> b.names().stream())
        .distinct()
        .map(name -> name.startsWith("--") ? "launch without " + name : "unstage " + name)
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
    } else if (!takes(method, commandType)) {
      all.add(new Beyond("a " + commandType.word(), "script"));
    }
    if (rollbackScript != null && !method.declares("rollbackScript")) {
      all.add(new Beyond("a rollback script", "rollback"));
    }
    if (!method.usesOoshTemplate()) {
      RolloutStrategy rest = method.takesMaxErrors() ? strategy.withMaxErrors("") : strategy;
      if (!rest.isEmpty()) {
        all.add(new Beyond(rest.describeUnsupported(), rest.names()));
      }
    }
    if (!gates.isEmpty() && !method.runsOnlyScript()) {
      all.add(new Beyond("gates", gates.names()));
    } else if (!method.usesOoshTemplate() && !gates.needsOoshTemplate().isEmpty()) {
      all.add(new Beyond(gates.describeUnsupported(), gates.needsOoshTemplate()));
    }
    if (batches != null && !method.declares("batchNumber")) {
      all.add(new Beyond("batches", "batch"));
    }
    if (pause != null && !method.declares("batchPauseOption")) {
      all.add(new Beyond("a pause", "pause"));
    }
    if (suspension != null && !method.declares("enterProcess")) {
      all.add(new Beyond("scaling processes", "suspend"));
    }
    if (!role.isEmpty() && !method.declares("OOSAssumeRole")) {
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

  private UpdateSpec with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.spec();
  }

  /** The components, while one of them is replaced. */
  private static final class Draft {
    private @Nullable Script script;
    private @Nullable Script rollbackScript;
    private CommandType commandType;
    private @Nullable BatchSizing batches;
    private @Nullable BatchPause pause;
    private @Nullable OnFailure onFailure;
    private String role;
    private @Nullable ProcessSuspension suspension;
    private Map<String, Object> extraParameters;
    private Map<String, Object> rollbackValues;
    private RolloutStrategy strategy;
    private Gates gates;

    Draft(UpdateSpec from) {
      script = from.script;
      rollbackScript = from.rollbackScript;
      commandType = from.commandType;
      batches = from.batches;
      pause = from.pause;
      onFailure = from.onFailure;
      role = from.role;
      suspension = from.suspension;
      extraParameters = from.extraParameters;
      rollbackValues = from.rollbackValues;
      strategy = from.strategy;
      gates = from.gates;
    }

    UpdateSpec spec() {
      return new UpdateSpec(
          script,
          rollbackScript,
          commandType,
          batches,
          pause,
          onFailure,
          role,
          suspension,
          extraParameters,
          rollbackValues,
          strategy,
          gates);
    }
  }
}
