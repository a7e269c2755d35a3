package oosh.rollout.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.cloud.StartRequest;

/**
 * oosh's own OOS template, {@code template.json}, sent along as TemplateContent. It updates each
 * instance by the same public action as the public template, so children, outputs and leftovers are
 * the same, and OOS's public rollback takes its executions for sources: it has their parameters by
 * the same names.
 *
 * <p>It differs in this: it is told the instances; the loop takes the new form of RateControl, with
 * a size for each batch and a number of errors; of several batches each has a loop of its own, and
 * before it OOS looks at a tag of the execution and stops if that says so; time limit and working
 * directory are handed on; OOS sleeps between batches if told to; and behind a failure it resumes
 * the scaling processes before it ends in failure: while it runs, its own status is not Failed, so
 * the last task fails, and with it the execution (source of the language: OOS help, "Tasks",
 * "Loop", "ACS::Sleep", "ACS::CheckFor"). Each part is documented, and all but ConcurrencyInBatches
 * stand in public templates (2024-09); that OOS takes the whole is assumed. The plan asks OOS
 * first.
 *
 * @param group the scaling group's id
 * @param suspend the scaling processes that it suspends and resumes
 * @param targets the instances, in the order of their batches
 * @param sizes the sizes of the batches, first one first
 * @param watched what the gates after a batch look at
 */
public record OoshTemplate(
    String group,
    UpdateSpec spec,
    Set<ScalingProcess> suspend,
    List<Target> targets,
    List<Integer> sizes,
    Watched watched) {
  private static final String LOOP = "updateInstances";

  /** A loop of its own for each batch, where OOS is to sleep between them. */
  private static final String BATCH = "updateBatch";

  /** The instances; with a batch's number, those of that batch. */
  private static final String TARGETS = "targets";

  private static final String PAUSE = "pauseBeforeBatch";

  /** Waits before a batch for a person. */
  private static final String WAITS = "waitBeforeBatch";

  /** Waits before a batch, where the tag says so. */
  private static final String BRAKES = "brakeBeforeBatch";

  /** Counts all that have failed so far. */
  private static final String ERRORS = "errorsAfterBatch";

  /**
   * The tag by which a rollout is stopped before its next batch, and what it says then. One that
   * looks for it has it from the start.
   */
  public static final String BRAKE = "oosh-brake";

  public static final String STOP = "stop";

  /** The right to look for it, whose lack stops nothing: the rollout goes on. */
  public static final String READS_BRAKE = "oos:ListTagResources";

  /** What the tag says where the rollout goes on. */
  public static final String GO = "go";

  /** Undoes a batch behind a failure. */
  private static final String ROLLBACK = "rollbackBatch";

  private static final String BEHIND_A_FAILURE = "resumeProcessesBehindFailure";
  private static final String END = "ACS::END";

  /**
   * The longest template, in bytes (source: ROS help, "ALIYUN::OOS::Template", 64 KB of Content;
   * that it holds for TemplateContent is inferred).
   */
  private static final int LONGEST = 64 * 1024;

  private static final int NEAR_LONGEST = LONGEST / 4 * 3;

  private static final String FEWER = "stage batch N with a smaller N";

  /** The parameters that it is started with. */
  public Map<String, Object> parameters() {
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "invoke");
    p.put("scalingGroupId", group);
    p.put("commandType", spec.commandType().word());
    Script script = spec.script();
    if (script == null) {
      throw new IllegalStateException("a launch of no script on " + group);
    }
    p.put("invokeScript", spec.sent(script));
    Script undo = spec.rollbackScript();
    p.put("rollbackScript", undo == null ? "" : spec.sent(undo));
    p.put("OOSAssumeRole", spec.role());
    p.put("exitProcess", ProcessSuspension.words(suspend));
    p.put("enterProcess", ProcessSuspension.words(suspend));
    p.put("batchNumber", (long) sizes.size());
    p.put("batchPauseOption", spec.pauseOrDefault().word());
    p.put(TARGETS, values(targets));
    if (hasLoopPerBatch()) {
      for (int batch = 1; batch <= sizes.size(); batch++) {
        p.put(TARGETS + batch, values(targetsOf(batch)));
      }
      p.putAll(new GateTasks(spec.gates(), watched, 0).parameters(sizes.size(), this::idsOf));
    }
    p.put("rateControl", rateControl());
    p.put("timeout", spec.commandSeconds());
    p.put("workingDir", spec.extraParameters().getOrDefault("workingDir", ""));
    spec.strategy().notice().ifPresent(n -> p.put(StartRequest.NOTICE_URI, n.standIn()));
    spec.strategy().needsApproval().ifPresent(a -> p.putAll(a.parameters()));
    return p;
  }

  private List<Target> targetsOf(int batch) {
    int from = sizes.subList(0, batch - 1).stream().mapToInt(Integer::intValue).sum();
    return targets.subList(from, from + sizes.get(batch - 1));
  }

  private List<String> idsOf(int batch) {
    return targetsOf(batch).stream().map(Target::instanceId).toList();
  }

  private boolean needsLoopPerBatch() {
    return !spec.gates().needsOoshTemplate().isEmpty()
        || (sizes.size() > 1
            && (!spec.strategy().waitBetweenBatches().isZero()
                || spec.strategy().needsApproval().filter(a -> !a.beforeFirst()).isPresent()));
  }

  private boolean hasLoopPerBatch() {
    return needsLoopPerBatch() || hasBrake();
  }

  /** Whether a template's text has a brake. */
  public static boolean hasBrake(String content) {
    return content.contains("\"" + BRAKES);
  }

  /**
   * Whether it looks before each further batch whether it is to stop there. Of very many batches it
   * would be too long for that.
   */
  public boolean hasBrake() {
    return sizes.size() > 1 && content(false, 1, true, true).length() <= NEAR_LONGEST;
  }

  /** Of the loop; where each batch has a loop of its own, of each of them: all at once. */
  private Map<String, Object> rateControl() {
    Map<String, Object> rate = new LinkedHashMap<>();
    if (hasLoopPerBatch()) {
      rate.put("Mode", "Concurrency");
      rate.put("Concurrency", (long) Collections.max(sizes));
      rate.put("MaxErrors", maxErrors());
      return rate;
    }
    List<Long> numbers = sizes.stream().map(Long::valueOf).toList();
    rate.put("Mode", "Batch");
    rate.put("Batch", numbers);
    // Left out, it is 20: a larger batch would not go at once.
    rate.put("ConcurrencyInBatches", numbers);
    rate.put("MaxErrors", maxErrors());
    rate.put("BatchPauseOption", spec.pauseOrDefault().word());
    return rate;
  }

  /** Of the whole launch, also where it is the limit of a batch's own loop. */
  private long maxErrors() {
    return asksAboutEachFailure() ? 0 : spec.strategy().tolerated(targets.size());
  }

  /**
   * Whether a person decides about each failure: nothing counts those of all batches then, because
   * what was retried stays counted as failed.
   */
  public boolean asksAboutEachFailure() {
    return spec.onFailureOrDefault() == OnFailure.PAUSE && sizes.size() > 1 && hasLoopPerBatch();
  }

  private static List<Map<String, Object>> values(List<Target> targets) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (Target t : targets) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("InstanceId", t.instanceId());
      value.put("LifecycleState", t.lifecycleState());
      values.add(value);
    }
    return values;
  }

  /**
   * The template's text, as JSON without spaces, all of it ASCII.
   *
   * @param ofRollback whether it runs the rollback of another execution, and is told that
   */
  public String content(boolean ofRollback) {
    return content(ofRollback, looks());
  }

  /** How often a bake looks: less often where the template would be near its limit otherwise. */
  public int looks() {
    int looks = GateTasks.mostLooks(spec.gates().bake());
    while (looks > 1 && content(false, looks).length() > NEAR_LONGEST) {
      looks--;
    }
    return looks;
  }

  /** The longest that the gates behind one batch take until they are healthy, without a bake. */
  public Duration longestGates() {
    return new GateTasks(spec.gates(), watched, 0).longest();
  }

  private String content(boolean ofRollback, int looks) {
    boolean brake = hasBrake();
    return content(ofRollback, looks, brake || needsLoopPerBatch(), brake);
  }

  private String content(boolean ofRollback, int looks, boolean loopPerBatch, boolean brake) {
    boolean resumes = !suspend.isEmpty();
    boolean rollsBack = spec.gates().rollsBack();
    Optional<EndNotice> notice = spec.strategy().notice();
    boolean tells = notice.isPresent();
    String onError = resumes ? BEHIND_A_FAILURE : tells ? EndNotice.FAILURE : END;
    List<String> declared = new ArrayList<>();
    List<String> tasks = new ArrayList<>();
    if (ofRollback) {
      declared.add(TextParts.TEMPLATE.part("sourceExecutionId", Map.of()));
    }
    declared.add(TextParts.TEMPLATE.part("parameters", Map.of()));
    notice.ifPresent(n -> declared.add(TextParts.TEMPLATE.part("noticeUri", Map.of())));
    Optional<Approval> approval = spec.strategy().needsApproval();
    approval.ifPresent(a -> declared.add(Approval.declared()));
    // Before anything is suspended: a person may take a night to answer.
    approval
        .filter(Approval::beforeFirst)
        .ifPresent(a -> tasks.add(a.task(tells ? EndNotice.FAILURE : END)));
    if (resumes) {
      tasks.add(TextParts.TEMPLATE.part("suspendProcesses", Map.of()));
    }
    if (loopPerBatch) {
      GateTasks gates = new GateTasks(spec.gates(), watched, looks);
      declared.addAll(gates.declared(sizes.size(), this::idsOf));
      for (int batch = 1; batch <= sizes.size(); batch++) {
        Map<String, String> number = Map.of("batch", String.valueOf(batch));
        declared.add(TextParts.TEMPLATE.part("targetsOfBatch", number));
        if (batch > 1) {
          String before = rollsBack ? ROLLBACK + (batch - 1) : onError;
          tasks.addAll(new BetweenBatches(spec, brake).before(batch, before));
        }
        String failed = rollsBack ? ROLLBACK + batch : onError;
        tasks.add(update(BATCH + batch, TARGETS + batch, failed));
        if (batch > 1) {
          countErrors(batch, failed).ifPresent(tasks::add);
        }
        tasks.addAll(gates.tasks(batch, idsOf(batch), failed));
      }
    } else {
      tasks.add(update(LOOP, TARGETS, onError));
    }
    // Where instances may fail, the tag would be on those that failed, too.
    if (spec.strategy().maxErrors().isEmpty()) {
      tasks.add(TextParts.TEMPLATE.part("tagInstances", Map.of("onError", onError)));
    }
    if (resumes) {
      String next = tells ? EndNotice.SUCCESS : END;
      tasks.add(TextParts.TEMPLATE.part("resumeProcesses", Map.of("next", next)));
    }
    notice.ifPresent(n -> tasks.add(n.task(EndNotice.SUCCESS)));
    if (tells || (rollsBack && !resumes)) {
      tasks.add(TextParts.TEMPLATE.part("endAsSuccess", Map.of()));
    }
    if (rollsBack) {
      for (int batch = sizes.size(); batch >= 1; batch--) {
        tasks.add(TextParts.TEMPLATE.part("rollback", ofLoop(batch)));
      }
    }
    if (resumes) {
      tasks.add(TextParts.TEMPLATE.part("resumeBehindFailure", Map.of()));
    }
    notice.ifPresent(n -> tasks.add(n.task(EndNotice.FAILURE)));
    if (resumes || rollsBack || tells) {
      tasks.add(TextParts.TEMPLATE.part("endAsFailed", Map.of()));
    }
    return TextParts.TEMPLATE.part(
        "template",
        Map.of("parameters", String.join(",", declared), "tasks", String.join(",", tasks)));
  }

  private Map<String, String> ofLoop(int batch) {
    return Map.of("batch", String.valueOf(batch), "size", String.valueOf(sizes.get(batch - 1)));
  }

  /**
   * Ends it where more have failed in all batches together than may: a batch's loop counts its own.
   * A person who decides about each failure is not counted against.
   */
  private Optional<String> countErrors(int batch, String onError) {
    return spec.strategy().maxErrors().isEmpty() || spec.onFailureOrDefault() == OnFailure.PAUSE
        ? Optional.empty()
        : Optional.of(
            TextParts.TEMPLATE.part(
                "countErrors",
                Map.of(
                    "name",
                    ERRORS + batch,
                    "most",
                    String.valueOf(spec.strategy().tolerated(targets.size())),
                    "onError",
                    onError)));
  }

  private String update(String loop, String items, String onError) {
    // Where it rolls back, the script leaves a mark by which that is found: see probed-script.txt.
    String mark = spec.gates().rollsBack() ? "oosh_launch={{ACS::ExecutionId}}\\n" : "";
    return TextParts.TEMPLATE.part(
        "update", Map.of("loop", loop, "items", items, "onError", onError, "mark", mark));
  }

  /**
   * What is to be said of its size: it grows with the batches where OOS is to sleep between them.
   *
   * @throws Problem if OOS takes none of that size
   */
  public Optional<Warning> sizeWarning() {
    return sizeWarning(content(false).length(), sizes.size());
  }

  public static Optional<Warning> sizeWarning(int bytes, int batches) {
    String size =
        String.format(
            Locale.ROOT,
            "the template of %d batches has %,d of %,d bytes (the limit is assumed)",
            batches,
            bytes,
            LONGEST);
    if (bytes > LONGEST) {
      throw Problem.refused("cannot launch that", size, FEWER);
    }
    return bytes < LONGEST / 4 * 3
        ? Optional.empty()
        : Optional.of(new Warning(Warning.Code.TEMPLATE_LONG, size, FEWER));
  }

  /** The batch that a loop's task name stands for; 0 if one loop holds all batches. */
  public static int batch(String task) {
    return number(task, BATCH);
  }

  /** The batch after which a task counts what has failed; 0 for one that does not. */
  public static int countsErrors(String task) {
    return number(task, ERRORS);
  }

  /**
   * The batch before which a task waits because it was told to stop there; 0 for one that does not.
   */
  public static int brakesBefore(String task) {
    return number(task, BRAKES);
  }

  /** The batch that a task sleeps before; 0 for one that does not. */
  public static int sleepsBefore(String task) {
    return number(task, PAUSE);
  }

  /** The batch before which a task waits for a person, if that was told to; 0 for another one. */
  public static int waitsBefore(String task) {
    return Math.max(brakesBefore(task), number(task, WAITS));
  }

  /** The batch that a task rolls back; 0 for one that does not. */
  public static int rollsBack(String task) {
    return number(task, ROLLBACK);
  }

  private static int number(String task, String before) {
    String digits = task.startsWith(before) ? task.substring(before.length()) : "";
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 0;
  }
}
